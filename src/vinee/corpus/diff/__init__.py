"""What changed between two editions of the gold.

Ids are names inside one file and are never compared. An item is the same where span and type
are; relabelled where the span is the same and its type or an attribute is another; moved where
only an overlapping span of its type is left for it; else removed or added. Arguments are compared
by the spans that they refer to, and chains by their members.
"""

from vinee.corpus.diff.change import Change, Diff, DocumentDiff
from vinee.corpus.diff.compare import compare

__all__ = ["Change", "Diff", "DocumentDiff", "compare"]
