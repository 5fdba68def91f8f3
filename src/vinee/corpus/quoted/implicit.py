"""Arguments that another sentence supplies: named by entity, filled by its nearest mention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.errors import InvalidError, Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vinee.model import Mention, Span, Timex


class Fillers:
    """What an implicit argument may be filled with: the other sentences' mentions and times.

    The mentions' ``entity`` is the name that its annotator gave it.
    """

    def __init__(self, mentions: Sequence[Mention], timexes: Sequence[Timex]) -> None:
        self._timexes = {timex.id for timex in timexes}
        self._mentions: dict[str, list[Mention]] = {}
        for mention in sorted(mentions, key=lambda m: (m.start, m.end)):
            if mention.entity is not None:
                self._mentions.setdefault(mention.entity, []).append(mention)

    def ref(self, filler: str, sentence: Span, where: Where) -> str | None:
        """Return the id of a time, or of the entity's mention nearest to the sentence.

        Nearest is the last one before the sentence; where there is none, the first one after.
        """
        if filler in self._timexes:
            return filler
        chain = self._mentions.get(filler)
        if chain is None:
            raise InvalidError(
                "pass-implicit",
                where,
                f"{filler!r} is neither an entity nor the id of a time in this article",
            )
        before = [mention for mention in chain if mention.end <= sentence.start]
        after = [mention for mention in chain if mention.start >= sentence.end]
        if not before and not after:
            raise InvalidError(
                "pass-implicit",
                where,
                f"{filler!r} is mentioned in this sentence only; give the mention as argument",
            )
        return before[-1].id if before else after[0].id
