"""Writing what is published: cases from scenarios, schemas, and the generated parts of the page."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from vinee.bench.conformance import deviations, published, source
from vinee.bench.conformance.case import CaseFile, schemas
from vinee.errors import IntegrityError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

BEGIN, END = "<!-- generated: {} -->", "<!-- end of {} -->"


def changes(folder: Path, page: Path) -> dict[Path, bytes | None]:
    """Return the files that are not what their sources make of them, with what they should be.

    Args:
        folder: Has ``sources/``, ``deviations.yaml`` and ``example.py``.
        page: Page of the documentation with the marks of the generated parts.

    Returns:
        New contents by path; None for a file that should not be there.

    Raises:
        SchemaError: A source cannot be read.
        InvalidError: A deviation names a case that does not exist.
        IntegrityError: There are no sources, or the page lacks a mark.
    """
    made = built(folder)
    files = tuple(
        msgspec.json.decode(content, type=CaseFile)
        for path, content in made.items()
        if path.parent.name == "cases"
    )
    made[page] = filled(page.read_text(encoding="utf-8"), parts(folder, files)).encode()
    there = [*(folder / "cases").glob("*.json"), *(folder / "schema").glob("*.json")]
    wanted: dict[Path, bytes | None] = {**dict.fromkeys(there), **made}
    return {
        path: content
        for path, content in sorted(wanted.items())
        if content is None or not path.is_file() or path.read_bytes() != content
    }


def replace(path: Path, content: bytes | None) -> None:
    """Write a file, or remove it if it has no content."""
    if content is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def built(folder: Path) -> dict[Path, bytes]:
    """Return the cases and schemas that the folder must hold, by path.

    Raises:
        SchemaError: A source cannot be read.
        IntegrityError: There are no sources.
    """
    sources = sorted((folder / "sources").glob("*.yaml"))
    if not sources:
        raise IntegrityError(f"{folder / 'sources'} holds no scenarios; run this in a checkout")
    made = {
        folder / "cases" / f"{path.stem}.json": published.written(source.read(path))
        for path in sources
    }
    for name, schema in schemas().items():
        text = json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        made[folder / "schema" / name] = text.encode()
    return made


def parts(folder: Path, files: tuple[CaseFile, ...]) -> dict[str, str]:
    """Return the generated parts of the page by name."""
    known = tuple(case for each in files for case in each.cases)
    example = (folder / "example.py").read_text(encoding="utf-8")
    return {
        "cases": deviations.counted(files),
        "deviations": deviations.table(deviations.read(folder / "deviations.yaml"), known),
        "example": f"```python\n{example}```\n",
    }


def filled(text: str, made: Mapping[str, str]) -> str:
    """Return a page with its generated parts made anew.

    Raises:
        IntegrityError: The page lacks the marks of a part.
    """
    for name, part in made.items():
        begin, end = BEGIN.format(name), END.format(name)
        before, found, rest = text.partition(begin)
        _, closed, after = rest.partition(end)
        if not (found and closed):
            raise IntegrityError(f"the page must have the marks {begin!r} and {end!r}")
        text = f"{before}{begin}\n\n{part}\n{end}{after}"
    return text
