"""Scoring large files of predictions line by line, in bounded memory.

The way through the package: `reference` makes the gold ready, `lines` decodes, `plain` checks the
documents in which nothing is wrong, `doubtful` hands all others to the checks of
`vinee.corpus.predictions`, `table` adds up, `strict` leads through these, and `scoring` says when
that way can be taken. Findings and counts are those of the ordinary way; plain documents only
come to them sooner.
"""

from __future__ import annotations

from vinee.bench.streaming.reference import Reference
from vinee.bench.streaming.scoring import Streamed, counts, streams

__all__ = ["Reference", "Streamed", "counts", "streams"]
