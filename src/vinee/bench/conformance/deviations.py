"""Where known tools give other numbers than the cases expect, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
import yaml
from msgspec import Struct

from vinee.bench.conformance.case import Numbers
from vinee.errors import InvalidError, SchemaError, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from vinee.bench.conformance.case import Case, CaseFile, Triple

_NOT_DEFINED = "–"


class Deviation(Struct, frozen=True, forbid_unknown_fields=True):
    """A way in which a tool differs.

    Attributes:
        tool: Its name, and the function or option where it matters.
        version: Version or commit.
        how: ``ran`` on the case, or its source was ``read``.
        case: Id of a small case that shows it.
        does: What the tool does.
        why: Why our number is another.
        theirs: What it gives for the case, null for a score that it has not; None: it has none.
        also: Other cases on which it deviates for the same reason, with what it gives.
    """

    tool: str
    version: str
    how: Literal["ran", "read"]
    case: str
    does: str
    why: str
    theirs: Numbers | None = None
    also: dict[str, Numbers | None] = {}


def read(path: Path) -> tuple[Deviation, ...]:
    """Read deviations, in the order of the file.

    Raises:
        SchemaError: The file is not a list of them.
    """
    try:
        return msgspec.convert(yaml.safe_load(path.read_bytes()), tuple[Deviation, ...])
    except (yaml.YAMLError, msgspec.ValidationError) as error:
        raise SchemaError("deviations", Where(file=str(path)), str(error)) from error


def table(deviations: Sequence[Deviation], cases: Sequence[Case]) -> str:
    """Write the table of deviations as Markdown.

    Raises:
        InvalidError: A deviation names a case that does not exist.
    """
    return "\n".join(_rows(deviations, {case.id: case for case in cases})) + "\n"


def counted(files: Sequence[CaseFile]) -> str:
    """Write how many cases there are of each family, as Markdown."""
    lines = ["| cases about | families | cases |", "|---|---|---|"]
    for each in files:
        families = dict.fromkeys(case.family for case in each.cases)
        named = ", ".join(f"`{family}`" for family in families)
        lines.append(f"| {each.group} | {named} | {len(each.cases)} |")
    total = sum(len(each.cases) for each in files)
    return "\n".join((*lines, f"| **all** | | **{total}** |")) + "\n"


def _rows(deviations: Sequence[Deviation], cases: dict[str, Case]) -> Iterator[str]:
    yield "| tool | what it does | case | its P, R, F1 | ours | why |"
    yield "|---|---|---|---|---|---|"
    for each in deviations:
        if missing := [name for name in (each.case, *each.also) if name not in cases]:
            problem = f"{each.tool} deviates on {missing[0]!r}, which is no case"
            raise InvalidError("deviation-case", Where(), problem)
        said = "" if each.how == "ran" else " (read, not run)"
        more = f" and {len(each.also)} more" if each.also else ""
        theirs = "none" if each.theirs is None else _three(each.theirs)
        ours = _three(cases[each.case].expected.micro)
        yield (
            f"| {each.tool}, {each.version}{said} | {each.does} | `{each.case}`{more} | {theirs} "
            f"| {ours} | {each.why} |"
        )


def _three(scores: Numbers | Triple) -> str:
    values = (scores.precision, scores.recall, scores.f1)
    return ", ".join(_NOT_DEFINED if value is None else str(value) for value in values)
