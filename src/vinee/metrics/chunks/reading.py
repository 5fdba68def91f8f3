"""Tags to numbers: the prefix in the lowest three bits, the type above them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vinee.errors import InvalidError, Where
from vinee.metrics.chunks.schemes import OTHER, rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from vinee.metrics.chunks.schemes import Mode, Scheme

    Codes = npt.NDArray[np.integer[Any]]
    Packed = npt.NDArray[np.integer[Any]]  # unsigned, as narrow as the number of types allows

PREFIX = 7  # the bits of the prefix
TYPE = 3  # how far the type is shifted
BYTE = 256  # tags that a byte can tell apart
_REFUSED = 7  # no scheme has so many prefixes


class Side(NamedTuple):
    """The tags of one side.

    Attributes:
        codes: Whole numbers, shape ``[tokens]``: where each token's tag stands in `tags`.
        tags: All tags that may occur.
        path: Where they are, for errors: a JSON path in which ``{}`` stands for the sentence.
    """

    codes: Codes
    tags: Sequence[object]
    path: str = "$[{}]"


class TagReader:
    """Turns tags into numbers, and keeps the types that it has seen.

    In mode ``strict``, a tag is a prefix of the scheme and a type, which loses the hyphens around
    it. In mode ``default``, a tag is any character as its prefix, and a type, which is what follows
    the first hyphen if there is one, else all the rest. An empty type is the type ``_``.

    Attributes:
        rules: Those of the mode and scheme.
        types: The number of each type.
        odd: Whether a tag was read in mode ``default`` whose prefix is not O, I, B, E or S.

    Raises:
        UnknownNameError: There is no such mode or scheme.
    """

    def __init__(self, mode: Mode, scheme: Scheme) -> None:
        self.rules = rules(mode, scheme)
        self.types: dict[str, int] = {}
        self.odd = False
        self._strict = mode == "strict"
        self._expected = (
            f"a tag of {scheme} must begin with one of {', '.join(self.rules.prefixes)}"
            if self._strict
            else "a tag must be a text that is not empty"
        )

    def read(self, tags: Sequence[object]) -> Packed:
        """Return the number of each tag, shape ``[tags]``; `numbers` refuses it if it is none."""
        numbers = [self._number(tag) for tag in tags]
        return np.array(numbers, dtype=np.min_scalar_type((len(self.types) << TYPE) - 1))

    def numbers(self, codes: Codes, read: Packed) -> Packed | None:
        """Return the number of each token's tag, shape ``[tokens]``.

        Args:
            codes: The tokens' tags, as places in `read`.
            read: What `read` returned.

        Returns:
            The numbers; ``None`` if a code or tag must be refused, as `refusal` says.
        """
        if codes.size and (codes.min() < 0 or codes.max() >= read.size):
            return None
        numbers: Packed
        if read.size <= BYTE and read.dtype == np.uint8:
            # The quickest way from bytes to bytes.
            table = read.tobytes().ljust(BYTE, b"\0")
            narrow = codes.astype(np.uint8, copy=False).tobytes()
            numbers = np.frombuffer(narrow.translate(table), dtype=np.uint8)
        else:
            numbers = read[codes]
        if _refused(read).any() and _refused(numbers).any():
            return None
        return numbers

    def refusal(self, side: Side, bounds: npt.NDArray[np.int64], first: int) -> InvalidError:
        """Say which token is the first whose code or tag is refused.

        Args:
            side: The tags.
            bounds: Where its sentences start, and where the last one ends, in tokens.
            first: How many sentences were before.
        """
        last = len(side.tags) - 1
        unknown = (side.codes < 0) | (side.codes > last)
        read = np.append(self.read(side.tags), np.uint8(0))
        at = int(np.argmax(unknown | _refused(read[np.where(unknown, -1, side.codes)])))
        sentence = int(np.searchsorted(bounds, at, side="right")) - 1
        path = f"{side.path.format(first + sentence)}[{at - int(bounds[sentence])}]"
        code = int(side.codes[at])
        if unknown[at]:
            problem = f"the code of a tag must be from 0 to {last} (got {code})"
            return InvalidError("tag-code", Where(path=path), problem)
        problem = f"{self._expected} (got {side.tags[code]!r})"
        return InvalidError("tag-unknown", Where(path=path), problem)

    def _number(self, tag: object) -> int:
        if not isinstance(tag, str) or not tag:
            return _REFUSED
        prefix = self.rules.prefixes.find(tag[0])
        if self._strict:
            type_ = tag[1:].strip("-")
        else:
            type_ = tag[1:].split("-", maxsplit=1)[-1]
            prefix = self.rules.prefixes.index(OTHER) if prefix < 0 else prefix
            self.odd = self.odd or tag[0] not in "OIBES"
        if prefix < 0:
            return _REFUSED
        return self.types.setdefault(type_ or "_", len(self.types)) << TYPE | prefix


def _refused(numbers: Packed) -> npt.NDArray[np.bool_]:
    refused: npt.NDArray[np.bool_] = (numbers & PREFIX) == _REFUSED
    return refused
