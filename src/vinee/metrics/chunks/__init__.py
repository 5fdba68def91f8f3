"""Chunks of tag sequences, counted as seqeval 1.2.2 counts them, over flat arrays.

The way through the package: `schemes` says what two neighbouring tags do to a chunk, `reading`
turns tags into numbers, `comparing` finds and compares the chunks of a block of sentences (`odd`
does for tags that only seqeval's default reading takes), `tallying` cuts a corpus into blocks and
adds up. `flat` counts lists and arrays, `columns` Arrow columns, `files` Parquet and Arrow files.
"""

from vinee.metrics.chunks.columns import from_columns
from vinee.metrics.chunks.files import from_arrow, from_parquet
from vinee.metrics.chunks.flat import chunk_counts, chunk_counts_flat
from vinee.metrics.chunks.schemes import MODES, SCHEMES, Mode, Scheme
from vinee.metrics.chunks.tallying import UNITS, ChunkCounts, Unit

__all__ = [
    "MODES",
    "SCHEMES",
    "UNITS",
    "ChunkCounts",
    "Mode",
    "Scheme",
    "Unit",
    "chunk_counts",
    "chunk_counts_flat",
    "from_arrow",
    "from_columns",
    "from_parquet",
]
