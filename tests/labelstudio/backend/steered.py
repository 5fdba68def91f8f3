"""Backends of extractors that tests can steer, asked without a network."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from starlette.testclient import TestClient

from vinee.corpus import gold
from vinee.extractors import registry
from vinee.extractors.base import Claims, Extractor, named_mentions
from vinee.formats.label_studio import task
from vinee.labelstudio.backend import Model, application
from vinee.model import Document

Found = Sequence[tuple[int, int, str]]


class Steered:
    """An extractor that does what a function does."""

    name = "steered"
    version = "7"
    claims = Claims(entities=("PER", "GPE"))
    trained_on = "nothing"

    def __init__(self, found: Callable[[str], Found]) -> None:
        self._found = found

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        texts = [each.text or "" for each in documents]
        found = [named_mentions(text, self._found(text)) for text in texts]
        return [
            Document(each.doc_id, mentions=mentions)
            for each, mentions in zip(documents, found, strict=True)
        ]


def first_word(text: str) -> Found:
    return [(0, len(text.split(maxsplit=1)[0]), "PER")]


def client(extractor: Extractor, **options: Any) -> TestClient:
    app = application(Model.ready(extractor), **options)
    return TestClient(app, raise_server_exceptions=False)


@cache
def rules() -> TestClient:
    return client(registry.resolve("rules"))


def asked(*texts: str) -> list[dict[str, Any]]:
    return [
        {"id": number, "data": {"doc_id": f"doc-{number}", "text": text}}
        for number, text in enumerate(texts, start=1)
    ]


@cache
def articles() -> list[dict[str, Any]]:
    """Our articles as tasks without annotations."""
    documents = enumerate(gold.documents(), start=1)
    return [{"id": number, "data": task(each)["data"]} for number, each in documents]
