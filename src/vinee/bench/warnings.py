"""What a reader must know about intervals and tests over these units."""

from __future__ import annotations

from vinee.corpus.views import EntityView
from vinee.errors import UnknownNameError
from vinee.metrics import registry
from vinee.metrics.units import unit_for
from vinee.stats.bootstrap import few_units_warning


def unit_warning(units: int, unit: str, metric: str | None = None) -> str | None:
    """Return a warning where units are few, or parts of documents; else None.

    Args:
        units: How many there are.
        unit: What they are.
        metric: Name of the metric, which says whether documents can be divided; None if nothing
            was scored.
    """
    found = [few_units_warning(units, unit)]
    if (units, unit) == (1, "document") and metric is not None:
        found.append(
            "resample its sentences: --unit sentence"
            if _divides(metric)
            else f"{metric} counts whole documents, so that there is no smaller unit"
        )
    if unit != "document":
        found.append(
            f"{unit}s of one document depend on each other, so that intervals over them are too "
            "narrow and p values too small for other documents"
        )
    return "; ".join(each for each in found if each) or None


def _divides(metric: str) -> bool:
    """Tell whether a metric can be counted by sentence."""
    try:
        known = registry.metric(metric, view=EntityView("fine"))
    except UnknownNameError:  # of a result that another version stored
        return False
    return unit_for(known, "sentence") == "sentence"
