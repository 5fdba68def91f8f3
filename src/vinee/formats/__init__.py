"""Formats: how documents are read and written, one module a format."""
