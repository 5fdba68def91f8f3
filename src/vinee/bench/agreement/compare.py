"""Annotators compared: each pair on the articles that both annotated, and all together."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from vinee.bench.agreement import attributes as compared
from vinee.bench.agreement.measure import pairwise
from vinee.bench.agreement.overall import overall
from vinee.bench.agreement.shape import SCHEMA, Agreement, Annotated
from vinee.bench.agreement.sheets import Sheet
from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.model import Document

_MINIMUM = 2


def agreement(
    passes: Mapping[str, Sequence[Document]], guidelines: Mapping[str, str | None]
) -> Agreement:
    """Compare the documents of two or more annotators.

    Annotators need not have done the same articles: each pair is compared on those that both
    did, and pairs that share none are named.

    Args:
        passes: The documents of each annotator, with their text, by the annotator's name.
        guidelines: The version of the guidelines that each of them followed, where it is known.

    Raises:
        InvalidError: There are fewer than two annotators, no two of them share an article, one
            did an article twice, or two of them have different texts of one.
    """
    if len(passes) < _MINIMUM:
        raise InvalidError("agreement", Where(), "agreement takes two annotators or more")
    annotated = {name: _by_id(name, documents) for name, documents in passes.items()}
    _same_texts(annotated)
    shared = {
        (one, other): sorted(annotated[one].keys() & annotated[other].keys())
        for one, other in combinations(annotated, 2)
    }
    if not any(shared.values()):
        done = "; ".join(f"{name}: {', '.join(found)}" for name, found in annotated.items())
        problem = f"no two annotators share an article ({done}); have two of them do the same"
        raise InvalidError("agreement", Where(), problem)
    sheets = {
        name: {doc_id: Sheet(document) for doc_id, document in found.items()}
        for name, found in annotated.items()
    }
    attributes = compared.names(passes.values())
    values = {
        name: {each: compared.values(each, documents) for each in attributes}
        for name, documents in passes.items()
    }
    pairs = tuple(
        pairwise(
            names,
            (_of(annotated[names[0]], doc_ids), _of(annotated[names[1]], doc_ids)),
            (values[names[0]], values[names[1]]),
            (sheets[names[0]], sheets[names[1]]),
        )
        for names, doc_ids in shared.items()
        if doc_ids
    )
    return Agreement(
        SCHEMA,
        tuple(Annotated(name, guidelines.get(name), len(found)) for name, found in passes.items()),
        tuple(sorted({doc_id for found in annotated.values() for doc_id in found})),
        overall(passes, values, pairs, [names for names, doc_ids in shared.items() if not doc_ids]),
        pairs,
    )


def _of(documents: Mapping[str, Document], doc_ids: Sequence[str]) -> tuple[Document, ...]:
    return tuple(documents[doc_id] for doc_id in doc_ids)


def _by_id(name: str, documents: Sequence[Document]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in documents:
        if document.doc_id in found:
            problem = f"{name!r} annotated it twice; keep one"
            raise InvalidError("document-repeated", Where(doc_id=document.doc_id), problem)
        found[document.doc_id] = document
    return found


def _same_texts(annotated: Mapping[str, Mapping[str, Document]]) -> None:
    known: dict[str, tuple[str, str | None]] = {}
    for name, documents in annotated.items():
        for doc_id, document in documents.items():
            other, text = known.setdefault(doc_id, (name, document.text))
            if text != document.text:
                problem = f"{name!r} annotated another text than {other!r}; compare like with like"
                raise InvalidError("agreement-text", Where(doc_id=doc_id), problem)
