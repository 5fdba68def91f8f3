"""ViNEE: Vietnamese named entities and events, a corpus and a benchmark harness.

vinee.load("ner")                 the corpus, as ``datasets`` gives it
vinee.documents()                 the gold, as typed documents
vinee.score(predictions, "ner")   a result, with counts, intervals and a signature
vinee.compare(one, other)         whether two results differ by more than chance
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vinee.bench.api import compare, score
    from vinee.bench.resampling import Resampling
    from vinee.corpus.gold import documents
    from vinee.corpus.load import load
    from vinee.model import Document

__version__ = "0.7.0"

__all__ = ["Document", "Resampling", "compare", "documents", "load", "score"]

# Importing vinee costs nothing; what a name needs is imported when the name is first used.
_HOMES = {
    "Document": "vinee.model",
    "Resampling": "vinee.bench.resampling",
    "compare": "vinee.bench.api",
    "documents": "vinee.corpus.gold",
    "load": "vinee.corpus.load",
    "score": "vinee.bench.api",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the type is that of whatever is asked for
    if name not in _HOMES:
        raise AttributeError(f"module 'vinee' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
