"""Converting documents between formats, with everything said that does not come along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import structs

from vinee.corpus import gold as our_gold
from vinee.corpus.findings import Finding, FindingsError
from vinee.corpus.foreign import fitness, opening
from vinee.corpus.foreign.labels import label_set, with_ours
from vinee.corpus.foreign.targets import format_for, write
from vinee.corpus.labelmap import apply, relocated
from vinee.errors import InputError, IntegrityError
from vinee.formats import short
from vinee.formats.contract import losses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from vinee.corpus.foreign.opening import Opened
    from vinee.corpus.labelmap import LabelMap, Mapped
    from vinee.formats.contract import Loss
    from vinee.model import Document


class ConversionError(FindingsError):
    """What was read holds errors; ``findings`` has all of them, and nothing was written."""

    remedy = "mend it, or pass --lenient to leave these out and count them; nothing was written"


@dataclass(frozen=True, slots=True)
class Conversion:
    """What a conversion did.

    Attributes:
        read_as: The format that was read.
        how: What it was known by, in words; None if it was named.
        written_as: The format that was asked for.
        documents: How many documents there are.
        losses: What they use and the new format does not hold.
        findings: What was left out.
        mapped: What the label map did; None if there was none.
        notes: Where texts came from that the source does not have, and what was brought onto them.
        written: False if something would have been lost and nothing may be.
        left_alone: Files that were in the folder before and are of other names.
    """

    read_as: str
    how: str | None
    written_as: str
    documents: int
    losses: tuple[Loss, ...]
    findings: tuple[Finding, ...]
    mapped: Mapped | None
    notes: tuple[str, ...]
    written: bool
    left_alone: tuple[Path, ...]


def convert(  # noqa: PLR0913 - one way in, whose options are those of the command
    source: Path,
    target: Path,
    *,
    read_as: str | None = None,
    write_as: str | None = None,
    texts: Path | None = None,
    labels: LabelMap | None = None,
    lenient: bool = False,
    strict: bool = False,
    force: bool = False,
) -> Conversion:
    """Read documents in one format and write them in another.

    Args:
        source: A file or a folder.
        target: A file or a folder, whichever the format makes of that name.
        read_as: Format of the source; it is detected if not given.
        write_as: Format of the target; its suffix decides if not given.
        texts: Documents in any format, whose texts those of the source have that come without.
            Not given, our gold's are taken if every ``doc_id`` is one of ours.
        labels: Renames and drops labels; any label may be a target.
        lenient: Leave out and count what is wrong, instead of refusing.
        strict: Write nothing if something would be lost.
        force: Replace what is at the target.

    Raises:
        UnknownNameError: There is no such format.
        InputError: The source cannot be read, or a document cannot be written in that format.
        ConversionError: The source contradicts itself and ``lenient`` is false.
        IntegrityError: The target is there already, or is a folder where a file is to be.
    """
    chosen = format_for(target, write_as)
    opened, notes = _read(source, read_as, texts)
    documents, findings, mapped = _checked(opened, labels)
    if findings and not lenient:
        raise ConversionError(findings)
    lost = tuple(losses(chosen, documents))
    written = not (strict and lost)
    left = write(chosen, documents, target, force=force) if written else ()
    return Conversion(
        opened.format,
        opened.how,
        chosen.name,
        len(documents),
        lost,
        tuple(findings),
        mapped,
        (*opened.notes, *notes, *_grounding(opened)),
        written,
        left,
    )


def _read(source: Path, read_as: str | None, given: Path | None) -> tuple[Opened, list[str]]:
    if given is not None:
        texts = _texts(opening.read(given).documents())
        return _with_texts(source, read_as, texts, f"the documents of {given}")
    opened = opening.read(source, read_as, predicted=True)
    missing = [
        item.where.doc_id
        for _, item in opened.rows
        if isinstance(item, InputError) and item.code == short.NO_TEXT
    ]
    holds = "text" in opening.named(opened.format).holds
    if holds and not missing and all(each.text is not None for each in opened.whole):
        return opened, []
    ours = _our_texts()
    ids = {*missing, *(each.doc_id for each in opened.whole)}
    if ids and ids <= ours.keys():
        again, notes = _with_texts(source, opened.format, ours, "ViNEE's gold")
        return replace(again, how=opened.how), notes
    if holds:
        return opened, []
    note = f"{opened.format} does not keep texts: they are put together from what it has"
    return opened, [f"{note}; give the right ones with --texts"]


def _with_texts(
    source: Path, read_as: str | None, texts: Mapping[str, str], whose: str
) -> tuple[Opened, list[str]]:
    opened = opening.read(source, read_as, texts, predicted=True)
    rows = tuple(
        (
            where,
            structs.replace(item, text=texts.get(item.doc_id))
            if not isinstance(item, InputError) and item.text is None
            else item,
        )
        for where, item in opened.rows
    )
    return replace(opened, rows=rows), [f"texts are those of {whose}"]


def _grounding(opened: Opened) -> Iterator[str]:
    """Say what became of strings without offsets; columns tell of their tokens themselves."""
    counts = short.summed(opened.whole)
    if opened.format == opening.NATIVE and counts:
        counted = ", ".join(f"{number} {kind}" for kind, number in counts.items())
        yield f"brought onto the texts: {counted}"


def _texts(documents: Sequence[Document]) -> dict[str, str]:
    return {each.doc_id: each.text for each in documents if each.text is not None}


def _our_texts() -> dict[str, str]:
    try:
        return _texts(our_gold.documents())
    except (InputError, IntegrityError):
        return {}  # documents can be converted without ours


def _checked(
    opened: Opened, label_map: LabelMap | None
) -> tuple[list[Document], list[Finding], Mapped | None]:
    findings = [
        Finding(item.code, "error", item.where, item.problem)
        for _, item in opened.rows
        if isinstance(item, InputError)
    ]
    rows = [(where, item) for where, item in opened.rows if not isinstance(item, InputError)]
    applied = None if label_map is None else apply(label_map, [item for _, item in rows])
    documents = [item for _, item in rows] if applied is None else [*applied.documents]
    known = with_ours(label_set(documents))
    kept = []
    for index, document in enumerate(documents):
        # Without a text there is nothing that spans could contradict; formats that need it say so.
        if document.text is None:
            kept.append(document)
            continue
        found = fitness.content(document, document.text, known, rows[index][0])
        kept.append(fitness.without(document, found))
        origins = {} if applied is None else applied.origins[index]
        findings += [relocated(each, origins) for each in found]
    return kept, findings, None if applied is None else applied.mapped
