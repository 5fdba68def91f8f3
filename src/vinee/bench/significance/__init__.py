"""Comparing systems: whether stored results may be compared, by how much they differ, and where.

The way through the package: `comparable` refuses what signatures keep apart and brings the counts
of two results onto the same columns, `versus` tests each pair of systems, `changed` lists the
items that one system has right and the other wrong.
"""
