"""Tagging schemes: what a tag does to the chunk at the tag before it.

A rule is written as two prefixes, the left tag's and the right tag's, ``*`` for any; then ``=`` if
it holds for tags of the same type only, ``!`` if for different types only. So ``BI=`` is a ``B-``
followed by an ``I-`` of the same type.

Source: the patterns of seqeval 1.2.2's ``scheme`` classes, and of its ``get_entities``, which is
the default mode and follows conlleval.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import Literal, NamedTuple, TypeAlias, get_args

from vinee.errors import UnknownNameError

Mode: TypeAlias = Literal["default", "strict"]
MODES: tuple[Mode, ...] = get_args(Mode)
Scheme: TypeAlias = Literal["IOB1", "IOB2", "IOE1", "IOE2", "IOBES", "BILOU"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

# What happens between two tags, as bits.
START = 1  # the right one may start a chunk
BREAK = 2  # the chunk of the left one, if it is in any, does not go on
END = 4  # and such a chunk was complete
GOES_ON = 8  # the right one starts a chunk only if the left one is in none

# How two neighbouring tags are numbered: one bit, three, three and one.
FRESH = 128  # a new sentence begins between them
LEFT = 16
RIGHT = 2
SAME = 1  # they are of the same type

OUTSIDE = 0  # the number of the prefix O
OTHER = "?"  # any prefix that is not named


class Rules(NamedTuple):
    """A scheme.

    Attributes:
        prefixes: The prefixes that it allows; a prefix's number is its place here.
        start: Rules by which the right tag starts a chunk.
        inside: Rules by which it continues the left tag's chunk.
        end: Rules by which a chunk that ends with the left tag is complete.
    """

    prefixes: str
    start: str
    inside: str
    end: str


class Transitions(NamedTuple):
    """The rules as a table.

    Attributes:
        table: 256 bytes; what happens between two tags, by the number of the pair.
        complete: Whether a chunk that does not go on is always complete.
        ambiguous: Whether a tag may both start a chunk and continue one.
    """

    table: bytes
    complete: bool
    ambiguous: bool


_STRICT: dict[Scheme, Rules] = {
    "IOB1": Rules("OIB", "OI II! BI IB= BB=", "BI= II=", "II! IO IB BO BI! BB="),
    "IOB2": Rules("OIB", "*B", "BI= II=", "II! IO IB BO BI! BB"),
    "IOE1": Rules("OIE", "OI II! EI EE=", "II= IE=", "II! IO IE! EI= EE="),
    "IOE2": Rules("OIE", "OI OE EI EE II! IE!", "II= IE=", "E*"),
    "IOBES": Rules("OIBES", "*B *S", "BI= BE= II= IE=", "E* S*"),
    "BILOU": Rules("OIBLU", "*B *U", "BI= BL= II= IL=", "L* U*"),
}
# A dot is a prefix of its own in conlleval. Of dots and other prefixes, see `odd`.
_DEFAULT = Rules(
    "OIBES." + OTHER,
    "*B *S OI OE EI EE SI SE *I! *E! *?!",
    "BI= BE= II= IE=",
    "E* S* BB BS BO IB IS IO B*! I*! ?*!",
)


def rules(mode: Mode, scheme: Scheme) -> Rules:
    """Return the rules of a mode, which are the scheme's if the mode is ``strict``.

    Raises:
        UnknownNameError: There is no such mode or scheme.
    """
    if mode not in MODES:
        raise UnknownNameError("mode of tags.seqeval", mode, MODES)
    if scheme not in SCHEMES:
        raise UnknownNameError("scheme of tags.seqeval", scheme, SCHEMES)
    return _STRICT[scheme] if mode == "strict" else _DEFAULT


@lru_cache
def transitions(rules: Rules) -> Transitions:
    """Tabulate what happens between any two tags, and between two sentences."""
    prefixes = rules.prefixes
    table = bytearray(2 * FRESH)
    for (left, a), (right, b), same in product(
        enumerate(prefixes), enumerate(prefixes), (False, True)
    ):
        pair = left * LEFT + right * RIGHT + same * SAME
        table[pair] = _between(rules, a, b, same=same)
        # As if an O stood between them, which is of no type that matters.
        ends = _between(rules, a, prefixes[OUTSIDE], same=False) & (BREAK | END)
        starts = _between(rules, prefixes[OUTSIDE], b, same=False) & START
        table[FRESH + pair] = ends | starts
    return Transitions(
        bytes(table),
        complete=all(bool(each & BREAK) == bool(each & END) for each in table),
        ambiguous=any(each & GOES_ON for each in table),
    )


def _between(rules: Rules, left: str, right: str, *, same: bool) -> int:
    starts, inside, ends = (
        any(_holds(rule, left, right, same=same) for rule in some.split())
        for some in (rules.start, rules.inside, rules.end)
    )
    breaks = not inside and left != "O"
    return START * starts + BREAK * breaks + END * (breaks and ends) + GOES_ON * (starts and inside)


def _holds(rule: str, left: str, right: str, *, same: bool) -> bool:
    return (
        rule[0] in ("*", left)
        and rule[1] in ("*", right)
        and rule[2:] in ("", "=" if same else "!")
    )
