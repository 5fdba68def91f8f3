"""An annotator's pass: quoted text instead of offsets, so that no offset can be miscounted.

Passes that were pulled from a server have offsets already; a folder may hold them as well.

Each quote is looked up in its own sentence, at syllable boundaries. Where it stands there
more than once, ``n`` (from 1) must say which one is meant.
"""

from vinee.corpus.quoted.folder import passes, resolved
from vinee.corpus.quoted.handed_in import Pass, read
from vinee.corpus.quoted.pulled import PulledPass
from vinee.corpus.quoted.resolve import layout, resolve

__all__ = ["Pass", "PulledPass", "layout", "passes", "read", "resolve", "resolved"]
