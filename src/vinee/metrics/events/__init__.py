"""Events: the six scores of TextEE, and what may be varied about them.

The way through the package: `metric` defines the scores over sets of tuples, `parameters` what can
be varied, `filled` which arguments may be paired where more than one span is right, and `columns`
counts the plain scores of a large corpus that is kept in columns.
"""

from __future__ import annotations

from vinee.metrics.events.metric import EventMetric
from vinee.metrics.events.parameters import PARTS, Part

__all__ = ["PARTS", "EventMetric", "Part"]
