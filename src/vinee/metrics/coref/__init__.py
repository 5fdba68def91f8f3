"""Coreference: chains of entity or event mentions, compared by seven measures.

The way through the package: `documents` makes chains of documents, `overlap` reduces two sides
to sizes and overlaps, one module for each measure counts them exactly, `ratios` sums them.
"""
