"""The scores of events, and what may be varied about them."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from vinee.metrics.arguments import Stands
from vinee.metrics.naming import Parameter

Part: TypeAlias = Literal["TI", "TC", "AI", "AC", "AI+", "AC+"]
PARTS: tuple[Part, ...] = get_args(Part)
Fillers: TypeAlias = Literal["span", "coreferent"]
Given: TypeAlias = Literal["predicted", "gold"]
OF_TRIGGERS = ("TI", "TC")
IMPLICIT = {
    "implicit": Parameter(
        "excluded", "whether arguments marked implicit are scored", ("excluded", "included")
    )
}
ARGUMENTS = {
    **IMPLICIT,
    "arguments": Parameter("bare", "which span of a mention fills a role", get_args(Stands)),
    "fillers": Parameter(
        "span", "the gold filler alone, or any mention of its chain", get_args(Fillers)
    ),
    "triggers": Parameter(
        "predicted", "all predicted events, or those at a gold trigger", get_args(Given)
    ),
}
