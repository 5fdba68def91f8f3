"""Intervals over counts; nothing here reads text or knows a metric."""
