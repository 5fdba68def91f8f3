"""Metrics: gold and predicted documents to counts per document, and counts to scores."""
