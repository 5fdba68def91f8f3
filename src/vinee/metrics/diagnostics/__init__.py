"""Why a system scores as it does: what became of each item, and where the errors are.

`kinds` finds the items of a document, `cases` pairs those of both sides and tells what became
of each, and all else is counted from these cases: `confusion` which types were taken for which,
`buckets` precision and recall by an attribute of the items. The sums are those of the metric
that the kind of items names, to the last item.
"""

from __future__ import annotations

from vinee.metrics.diagnostics.attributes import Attribute, Side
from vinee.metrics.diagnostics.buckets import Bucket, Buckets, bucketed
from vinee.metrics.diagnostics.cases import OUTCOMES, Case, Compared, Outcome, compared
from vinee.metrics.diagnostics.confusion import TypeConfusion, confused
from vinee.metrics.diagnostics.kinds import Arguments, Found, Kind, Mentions, Times, Triggers

__all__ = [
    "OUTCOMES",
    "Arguments",
    "Attribute",
    "Bucket",
    "Buckets",
    "Case",
    "Compared",
    "Found",
    "Kind",
    "Mentions",
    "Outcome",
    "Side",
    "Times",
    "Triggers",
    "TypeConfusion",
    "bucketed",
    "compared",
    "confused",
]
