"""An annotator's pass: quoted text instead of offsets, so that no offset can be miscounted.

Each quote is looked up in its own sentence, at syllable boundaries. Where it stands there
more than once, ``n`` (from 1) must say which one is meant.
"""

from vinee.corpus.quoted.folder import passes, resolved
from vinee.corpus.quoted.handed_in import Pass, read
from vinee.corpus.quoted.resolve import layout, resolve

__all__ = ["Pass", "layout", "passes", "read", "resolve", "resolved"]
