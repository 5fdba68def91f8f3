"""Times and events inline in the text, in the manner of TimeML."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from vinee.errors import InputError, InvalidError, Where
from vinee.formats import atomic, folder
from vinee.formats.contract import strictly
from vinee.formats.timeml.reading import read_file
from vinee.formats.timeml.writing import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from vinee.model import Document

__all__ = ["TimeMl"]

_SUFFIX = ".tml"


class TimeMl:
    """One XML file ``<doc_id>.tml`` a document, with ``<TIMEX3>`` and ``<EVENT>`` in its text.

    A path with a suffix is the file of a single document; any other is a folder.

    Survives: the text, times with ``tid``, ``type``, ``value`` and ``mod``, and triggers with
    ``eid``, ``class`` (our type), ``polarity`` (``POS``, ``NEG``), ``realis`` and ``modality``.
    Lost: mentions, arguments, chains, layout, scores, and meta but for ``published``, which
    becomes the ``<DCT>``. Elements nest: of times and triggers that cross, those are left out that
    begin later. In the files of others, elements that we do not know are looked through, and
    what stands outside ``<TEXT>`` (``MAKEINSTANCE``, ``TLINK`` …) is not read; the modality
    ``NONE`` is none. Entities cannot
    be smuggled in: a document type declaration is refused.
    """

    name: ClassVar[str] = "timeml"
    description: ClassVar[str] = "XML with TIMEX3 and EVENT inline in the text"
    holds: ClassVar[frozenset[str]] = frozenset(
        {"text", "ids", "timexes", "timexes.type", "timexes.value", "timexes.mod"}
        | {"events", "events.polarity", "events.realis", "events.modality"}
    )

    def write(self, documents: Iterable[Document], path: Path) -> None:
        """Write documents to a folder, or one document to a file.

        Raises:
            InvalidError: A document has no text, an id that cannot name a file, or a character
                that XML does not have; or there are several documents for one file.
        """
        by_stem = folder.stems(documents)
        files = {stem + _SUFFIX: render(document) for stem, document in by_stem.items()}
        if not path.suffix or path.is_dir():
            folder.write(path, files)
        elif len(files) == 1:
            atomic.write_text(path, next(iter(files.values())))
        else:
            problem = f"a file holds one document, not {len(files)}; name a folder, without suffix"
            raise InvalidError("doc-count", Where(file=path.name), problem)

    def read(self, path: Path, texts: Mapping[str, str] | None = None) -> tuple[Document, ...]:
        """Read a file, or the ``*.tml`` files of a folder.

        Raises:
            InputError: A file is not XML, declares a document type, or has no ``<TEXT>``, or an
                attribute has a value that is not ours.
        """
        return strictly(self.read_rows(path, texts))

    def read_rows(
        self,
        path: Path,
        texts: Mapping[str, str] | None = None,  # noqa: ARG002 - part of the contract; the texts are in the files
    ) -> Iterator[tuple[Where, Document | InputError]]:
        """Read a file or a folder to its end: what is wrong is an error in its place."""
        for file in folder.files(path, _SUFFIX) if path.is_dir() else [path]:
            try:
                document, problems = read_file(file)
            except InputError as error:
                yield error.where, error
                continue
            for problem in problems:
                yield problem.where, problem
            yield Where(file=str(file)), document
