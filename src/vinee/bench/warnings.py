"""What a reader must know about intervals and tests over these units."""

from __future__ import annotations

from vinee.stats.bootstrap import few_units_warning


def unit_warning(units: int, unit: str) -> str | None:
    """Return a warning where units are few, or parts of documents; else None."""
    found = [few_units_warning(units, unit)]
    if (units, unit) == (1, "document"):
        found.append("resample its sentences: --unit sentence")
    if unit != "document":
        found.append(
            f"{unit}s of one document depend on each other, so that intervals over them are too "
            "narrow and p values too small for other documents"
        )
    return "; ".join(each for each in found if each) or None
