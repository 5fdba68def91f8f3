"""ViNEE: Vietnamese named entities and events, a corpus and a benchmark harness."""

__version__ = "0.1.0"
