"""The features of each kind of rows, as `datasets` declares columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vinee import ontology

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasets import Features

    from vinee.ontology import Scheme

    Columns = dict[str, Any]

_SECTIONS = ["dateline", "caption", "heading", "body"]
_SPAN = {"start": "int32", "end": "int32", "text": "string"}
_ENTITY = ("id", "type", "name", "corpus_id", "wikidata")
_MENTION = ("type", "level", "gpe_role", "entity")
_TIMEX = ("type", "value", "mod")
_EVENT = ("polarity", "realis", "modality", "chain")


def ner_tags(scheme: Scheme) -> tuple[str, ...]:
    """Give the IOB2 tags of a scheme: ``O``, then ``B-`` and ``I-`` of each label."""
    labels = ontology.default().labels(scheme)
    return ("O", *(f"{prefix}-{label}" for label in labels for prefix in "BI"))


def features(data: str) -> Features:
    """Give the features of a kind of rows; imports ``datasets``."""
    from datasets import Features

    if data == "kb":
        from vinee.formats import bigbio

        return bigbio.features(with_attributes=True)
    return Features(_COLUMNS[data]())


def _strings(*names: str) -> Columns:
    from datasets import Value

    return {name: Value("string") for name in names}


def _span() -> Columns:
    from datasets import Value

    return {name: Value(kind) for name, kind in _SPAN.items()}


def _list(columns: Any) -> Any:  # noqa: ANN401 - a feature type of `datasets`, which is imported below only
    from datasets import List

    return List(columns)


def _label(names: tuple[str, ...] | list[str]) -> Any:  # noqa: ANN401 - see above
    from datasets import ClassLabel

    return ClassLabel(names=list(names))


def _sentence() -> Columns:
    return {
        **_strings("id", "doc_id"),
        "section": _label(_SECTIONS),
        **_span(),
        "tokens": _list(_strings("token")["token"]),
        "token_starts": _list(_span()["start"]),
        "token_ends": _list(_span()["end"]),
    }


def _tags(scheme: Scheme) -> Columns:
    return {**_sentence(), "ner_tags": _list(_label(ner_tags(scheme)))}


def _word_tags() -> Columns:
    cut = {**_span(), "type": _label(ontology.default().coarse_labels)}
    return {**_tags("coarse"), "cut": _list(cut)}


def _mentions() -> Columns:
    mention = {
        "id": _strings("id")["id"],
        **_span(),
        "extent": _span(),
        "type": _label(ontology.default().fine_labels),
        **_strings("level", "gpe_role", "entity", "corpus_id"),
    }
    return {**_sentence(), "mentions": _list(mention)}


def _timexes() -> Columns:
    timex = {
        **_strings("id"),
        **_span(),
        "type": _label(tuple(ontology.default().timexes)),
        **_strings("value", "mod"),
    }
    return {**_sentence(), **_strings("published"), "timexes": _list(timex)}


def _events() -> Columns:
    from datasets import Value

    labels = ontology.default()
    argument = {
        "role": _label(labels.role_labels),
        **_span(),
        **_strings("filler", "ref"),
        "implicit": Value("bool"),
    }
    event = {
        **_strings("id"),
        "type": _label(labels.event_labels),
        "trigger": _span(),
        "arguments": _list(argument),
        **_strings(*_EVENT),
    }
    return {**_sentence(), "events": _list(event)}


def _coref() -> Columns:
    labels = ontology.default()
    entity = {
        **_strings(*_ENTITY),
        "type": _label(labels.fine_labels),
        "mentions": _list({**_strings("id"), **_span(), **_strings("level")}),
    }
    chain = {
        **_strings("id", "corpus_id"),
        "mentions": _list({**_strings("id"), **_span(), "type": _label(labels.event_labels)}),
    }
    return {
        **_strings("doc_id", "text"),
        "entities": _list(entity),
        "event_chains": _list(chain),
    }


def _linking() -> Columns:
    return {
        **_strings("id", "doc_id"),
        **_span(),
        "type": _label(ontology.default().fine_labels),
        **_strings("level", "gpe_role", "corpus_id", "name", "wikidata"),
        "sentence": _span(),
    }


def _documents() -> Columns:
    from datasets import Value

    span = _span()
    argument = {**_strings("role", "ref"), "span": span, "implicit": Value("bool")}
    event = {
        **_strings("id", "type"),
        "trigger": span,
        "arguments": _list(argument),
        **_strings(*_EVENT),
    }
    return {
        **_strings("doc_id", "outlet", "published", "text"),
        "sections": _list({**span, **_strings("kind")}),
        "sentences": _list(span),
        "mentions": _list({**_strings("id"), **span, "extent": span, **_strings(*_MENTION)}),
        "entities": _list(_strings(*_ENTITY)),
        "timexes": _list({**_strings("id"), **span, **_strings(*_TIMEX)}),
        "events": _list(event),
        "chains": _list(_strings("id", "name", "corpus_id")),
    }


_COLUMNS: dict[str, Callable[[], Columns]] = {
    "documents": _documents,
    "ner": lambda: _tags("coarse"),
    "ner_fine": lambda: _tags("fine"),
    "ner_word": _word_tags,
    "mentions": _mentions,
    "timex": _timexes,
    "events": _events,
    "coref": _coref,
    "linking": _linking,
}
