"""A gold of the user's own, in any format: read, checked, and never repaired in silence.

An item that contradicts its text or its document cannot be scored, so the gold is refused with
the list of all of them. With ``lenient`` they are left out and counted; what is left is another
gold, and its hash says so. What can be scored but should be known is a warning.

================  =======  =====================================================================
finding           level    what
================  =======  =====================================================================
``span-…``        error    a span outside of the text, empty, or not the text that it claims
``ref-…``         error    an argument or mention refers to nothing, or to what is left out
``id-…``          error    an id is empty, or used twice in a document
``duplicate``     error    two items that nothing tells apart
``doc-twice``     error    two documents with one id; the later one is left out
``doc-no-text``   error    a document without a text, in which offsets could count
other             error    a line that cannot be read
``text-empty``    warning  nothing but white space
``text-not-nfc``  warning  text that NFC would write otherwise, with the number of code points
``text-twice``    warning  the text of another document, but for NFC and white space
``text-in-split`` warning  the same, of a document in another split
================  =======  =====================================================================
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.corpus.findings import Finding, FindingsError
from vinee.corpus.foreign import fitness, labels, opening, readiness
from vinee.corpus.labelmap import apply, relocated
from vinee.errors import InputError, Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from vinee.corpus.labelmap import LabelMap, Mapped
    from vinee.model import Document
    from vinee.ontology import Ontology


class GoldError(FindingsError):
    """Gold of a user's own is not fit to be scored against; ``findings`` has all that is wrong."""

    remedy = "mend the gold: nothing can be scored against it as it is"


class ForeignGoldError(GoldError):
    """The same for gold that was read from files, of which wrong items can be left out."""

    remedy = (
        "mend the gold, or read it leniently: these are then left out and counted, and what is "
        "left is another gold"
    )


@dataclass(frozen=True, slots=True)
class ForeignGold:
    """A gold that is fit to be scored against.

    Attributes:
        documents: The documents in ascending order of ``doc_id``, each with its text.
        findings: What was left out (errors), and what is odd (warnings).
        notes: How it was read and what labels it has, for a reader of scores.
        format: Name of the format that it was read in.
        labels_of: Our ontology, or the gold's own labels if it uses others.
        mapped: What the label map did; None if there was none.
    """

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    format: str
    labels_of: Ontology
    mapped: Mapped | None = None

    @property
    def has_own_labels(self) -> bool:
        """Whether it is scored with labels of its own."""
        return labels.is_own(self.labels_of)

    def counted(self) -> dict[str, int]:
        """Count the findings by id, in ascending order of it."""
        return dict(sorted(Counter(finding.id for finding in self.findings).items()))


def read_gold(  # noqa: PLR0913 - one way in, whose options are those of a command
    path: Path,
    format: str | None = None,  # noqa: A002 - what the command line calls it
    labels: LabelMap | None = None,
    *,
    texts: Mapping[str, str] | None = None,
    splits: Sequence[Path] = (),
    lenient: bool = False,
) -> ForeignGold:
    """Read a gold.

    Args:
        path: A file or a folder.
        format: Name of its format; it is detected if not given.
        labels: Renames and drops labels first. Targets are ViNEE's labels, or any that the gold
            uses.
        texts: The text of each ``doc_id``, for formats without.
        splits: Other splits of the same corpus, which are searched for the same texts. What is
            wrong in them is counted in the notes only.
        lenient: Leave out and count what cannot be scored, instead of refusing the gold.

    Raises:
        UnknownNameError: There is no such format.
        InputError: The gold cannot be read at all, or the map does not fit.
        ForeignGoldError: Something in it cannot be scored, and ``lenient`` is false.
    """
    try:
        opened = opening.read(path, format, texts)
    except InputError as error:
        raise type(error)(error.code, error.where, f"of the gold: {error.problem}") from error
    others = {str(split): opening.read(split, format) for split in splits}
    return _checked(opened, labels, others, lenient=lenient)


def _checked(
    opened: opening.Opened,
    label_map: LabelMap | None,
    others: Mapping[str, opening.Opened],
    *,
    lenient: bool,
) -> ForeignGold:
    rows: dict[str, tuple[Where, Document]] = {}
    findings: list[Finding] = []
    for where, item in opened.rows:
        problem = _whole(where, item, rows)
        if problem is not None:
            findings.append(problem)
        elif not isinstance(item, InputError):
            rows[item.doc_id] = (where, item)
    wheres = {doc_id: where for doc_id, (where, _) in sorted(rows.items())}
    given = tuple(rows[doc_id][1] for doc_id in wheres)
    applied = None if label_map is None else apply(label_map, given, _targets(given, label_map))
    documents = given if applied is None else applied.documents
    known = labels.label_set(documents, label_map)
    kept = []
    for index, document in enumerate(documents):
        found = fitness.content(document, document.text or "", known, wheres[document.doc_id])
        kept.append(fitness.without(document, found))
        origins = {} if applied is None else applied.origins[index]
        findings += [relocated(each, origins) for each in found]
    if findings and not lenient:
        raise ForeignGoldError(findings)
    odd = readiness.warnings(kept, wheres, {name: each.whole for name, each in others.items()})
    mapped = None if applied is None else applied.mapped
    return ForeignGold(
        tuple(kept),
        (*findings, *odd),
        (*_notes(opened, kept, known, mapped), *_of_splits(others)),
        opened.format,
        known,
        mapped,
    )


def _whole(where: Where, item: Document | InputError, seen: Iterable[str]) -> Finding | None:
    if isinstance(item, InputError):
        return Finding(item.code, "error", item.where, item.problem)
    place = Where(where.file, where.line, item.doc_id)
    if item.text is None:
        message = "the document has no text, in which all offsets count; add it"
        return Finding("doc-no-text", "error", place, message)
    if item.doc_id in seen:
        message = "another document before this one has the same id; rename or remove one"
        return Finding("doc-twice", "error", place, message)
    return None


def _targets(documents: Iterable[Document], label_map: LabelMap) -> Ontology:
    """What labels may become: ours, and the gold's own beside them."""
    return labels.with_ours(labels.label_set(documents, label_map))


def _notes(
    opened: opening.Opened, documents: Sequence[Document], known: Ontology, mapped: Mapped | None
) -> Iterable[str]:
    if opened.how is not None:
        yield f"detected as {opened.how}"
    yield from opened.notes
    yield from labels.described(documents, known)
    if mapped is not None:
        yield from mapped.lines()


def _of_splits(others: Mapping[str, opening.Opened]) -> Iterable[str]:
    for name, each in others.items():
        if faults := len(each.rows) - len(each.whole):
            yield f"{name}: {faults} faults were passed over; read it as a gold to see them"
