"""Intervals and tests over counts; nothing here reads text or knows a metric.

The way through the room: `sums` adds up rows of a table exactly, `resampling` and `swaps` make the
weights, `distribution` has the scores of resamples. On these stand the intervals (`bootstrap`,
`bca`), the comparisons of two systems (`paired`, `paired_bootstrap`), what such a comparison can
see at all (`detectable`), and the correction for many of them (`holm`).
"""
