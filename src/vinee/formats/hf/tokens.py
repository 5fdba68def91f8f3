"""Rows of tokens with tags: sentences without offsets, as most public NER datasets are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from vinee import text as segment
from vinee.errors import InvalidError, SchemaError, Where
from vinee.formats.hf.documents import Group, Shape, id_of
from vinee.model import Document, Mention, Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from vinee.formats.hf.tables import Table

_TOKENS = ("tokens", "words")
_TAGS = ("ner_tags", "tags", "labels", "ner")
_TAG = re.compile(r"O|[BI]-\S+")
_JOINT = re.compile(r"(?<=[^\W_])_(?=[^\W_])")
_EVIDENT = 0.05  # running text has underscores in addresses and handles, but not in so many tokens

Sentence = list[tuple[str, str]]  # tokens and tags


def _column(table: Table, names: Sequence[str]) -> str | None:
    return next((name for name in names if name in table.columns), None)


def _fits(table: Table) -> bool:
    return _column(table, _TOKENS) is not None and _column(table, _TAGS) is not None


def _groups(table: Table) -> list[Group]:
    groups: dict[str, Group] = {}
    found = []
    for number, row in enumerate(table.rows):
        doc_id = id_of(table, number, "doc_id", "id")
        if row.get("doc_id") is None or doc_id not in groups:
            found.append(Group(doc_id, []))
            groups[doc_id] = found[-1]
        groups[doc_id].rows.append(row)
    return found


def _document(table: Table, group: Group, texts: Mapping[str, str] | None) -> Document:
    where = Where(file=str(table.file), doc_id=group.doc_id)
    sentences = [_sentence(table, row, where) for row in group.rows]
    if texts is None:
        return _rebuilt(group.doc_id, sentences, segmented=_is_segmented(table))
    if group.doc_id not in texts:
        problem = "there is no text of this id among those given; add it, or give none at all"
        raise InvalidError("doc-unknown", where, problem)
    return _aligned(group.doc_id, sentences, texts[group.doc_id])


def _sentence(table: Table, row: Mapping[str, Any], where: Where) -> Sentence:
    tokens = row[_column(table, _TOKENS) or ""] or []
    tags = row[_column(table, _TAGS) or ""] or []
    if not isinstance(tokens, list) or not isinstance(tags, list):
        raise SchemaError("hf-columns", where, "tokens and tags must be lists; split them")
    if len(tokens) != len(tags):
        problem = f"{len(tags)} tags for {len(tokens)} tokens; give one tag for each token"
        raise InvalidError("tag-count", where, problem)
    for token, tag in zip(tokens, tags, strict=True):
        if isinstance(tag, int):
            problem = f"tag {tag} is a number without a name; declare the column as ClassLabel"
            raise SchemaError("hf-label", where, problem)
        if not isinstance(tag, str) or not _TAG.fullmatch(tag):
            problem = f"tag {tag!r} must be 'O', 'B-type' or 'I-type'; convert others to IOB2"
            raise SchemaError("tag-form", where, problem)
        if not isinstance(token, str) or (not token.strip() and tag != "O"):
            problem = f"{token!r} is no token that a tag can stand on; give a word"
            raise InvalidError("token-form", where, problem)
    return list(zip(tokens, tags, strict=True))


def _is_segmented(table: Table) -> bool:
    tokens = [
        token for row in table.rows for token in row[_column(table, _TOKENS) or ""] or () if token
    ]
    joined = sum(_JOINT.search(str(token)) is not None for token in tokens)
    return joined > 0 and joined >= _EVIDENT * len(tokens)


def _rebuilt(doc_id: str, sentences: list[Sentence], *, segmented: bool) -> Document:
    text = ""
    placed: list[list[tuple[int, int] | None]] = []
    for sentence in sentences:
        text += "\n" if text else ""
        placed.append([])
        between = ""
        for token, _ in sentence:
            written = (_JOINT.sub(" ", token) if segmented else token).strip()
            start = len(text) + len(between)
            text += between + written if written else ""
            between = " " if written or between else ""
            placed[-1].append((start, start + len(written)) if written else None)
    meta = {"segmented": True} if segmented else None
    return _tagged(doc_id, text, sentences, placed, meta)


def _aligned(doc_id: str, sentences: list[Sentence], text: str) -> Document:
    tokens = [token for sentence in sentences for token, _ in sentence]
    alignment = segment.align_tokens(text, tokens)
    spans = iter(alignment.spans)
    placed = [[next(spans) for _ in sentence] for sentence in sentences]
    counts = {name: getattr(alignment, name) for name in ("exact", "repaired", "ungrounded")}
    if bare := segment.uncovered(text, alignment.spans):
        counts["uncovered"] = len(bare)
    return _tagged(doc_id, text, sentences, placed, {"alignment": counts})


def _tagged(
    doc_id: str,
    text: str,
    sentences: list[Sentence],
    placed: list[list[tuple[int, int] | None]],
    meta: dict[str, Any] | None,
) -> Document:
    mentions: list[Mention] = []
    parts: list[Span] = []
    for sentence, places in zip(sentences, placed, strict=True):
        kept = [
            (span, tag) for span, (_, tag) in zip(places, sentence, strict=True) if span is not None
        ]
        spans = [span for span, _ in kept]
        if spans:
            start, end = spans[0][0], spans[-1][1]
            parts.append(Span(start, end, text[start:end]))
        mentions += (
            Mention(start, end, label, text[start:end])
            for start, end, label in segment.decode(spans, [tag for _, tag in kept])
        )
    return Document(doc_id, text, sentences=tuple(parts), mentions=tuple(mentions), meta=meta)


SHAPE = Shape(_fits, _groups, _document)
