"""The report: one HTML page about the results of one system or several."""

from __future__ import annotations

from vinee.bench.report.page import render
from vinee.bench.visible import visible

__all__ = ["render", "visible"]
