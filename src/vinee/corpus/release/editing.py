"""The next edition in ``edition.yaml``: its version, and the labels that no article uses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_VERSION = re.compile(r'^version: "(.*)"$', re.MULTILINE)
_NUMBERS = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


def edited(content: str, version: str, unused: Mapping[str, Sequence[str]], file: str) -> str:
    """Write version and unused labels into the text of ``edition.yaml``; comments stay.

    Raises:
        InvalidError: The version is no three numbers, or not higher than the present one; or
            the file does not have its lines as expected.
    """
    where = Where(file=file, path="$.version")
    present = _VERSION.search(content)
    if present is None:
        raise InvalidError("edition", where, 'there must be a line `version: "1.0.0"`; mend it')
    if _numbers(version, where) <= _numbers(present[1], where):
        problem = f"{version} must be higher than the present edition, {present[1]}"
        raise InvalidError("edition-version", where, f"{problem}; choose by docs/decisions/0007")
    content = _VERSION.sub(f'version: "{version}"', content)
    for kind, labels in unused.items():
        line = re.compile(rf"^  {re.escape(kind)}: \[.*\]$", re.MULTILINE)
        content, replaced = line.subn(f"  {kind}: [{', '.join(labels)}]", content)
        if replaced != 1:
            problem = f"there must be one line `  {kind}: […]` under `unused:`; mend it"
            raise InvalidError("edition", Where(file=file, path=f"$.unused.{kind}"), problem)
    return content


def _numbers(version: str, where: Where) -> tuple[int, ...]:
    if not _NUMBERS.fullmatch(version):
        problem = f"{version!r} must be three numbers, such as 1.1.0"
        raise InvalidError("edition-version", where, problem)
    return tuple(map(int, version.split(".")))
