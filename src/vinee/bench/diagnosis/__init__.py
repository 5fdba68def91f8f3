"""Why a system scores as it does: items that were confused, and where it errs, as tables."""

from __future__ import annotations

from vinee.bench.diagnosis.assembling import TASKS, diagnose
from vinee.bench.diagnosis.report import diagnosis_tables
from vinee.bench.diagnosis.told import SCHEMA, Diagnosis, ItemDiagnosis, Told, ToldItem

__all__ = [
    "SCHEMA",
    "TASKS",
    "Diagnosis",
    "ItemDiagnosis",
    "Told",
    "ToldItem",
    "diagnose",
    "diagnosis_tables",
]
