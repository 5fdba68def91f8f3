"""What others wrote: documents in any format, golds with their own labels, and conversion."""

from __future__ import annotations

from vinee.corpus.foreign.gold import ForeignGold, ForeignGoldError, GoldError, read_gold
from vinee.corpus.foreign.labels import OWN, OwnView, is_own, label_set, view_with

__all__ = [
    "OWN",
    "ForeignGold",
    "ForeignGoldError",
    "GoldError",
    "OwnView",
    "is_own",
    "label_set",
    "read_gold",
    "view_with",
]
