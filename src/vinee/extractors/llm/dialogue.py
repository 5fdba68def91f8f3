"""Asking for one stretch: again if the answer cannot be read, in halves if it was cut off."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vinee.errors import ExtractorError
from vinee.extractors.llm import prompts, reading
from vinee.extractors.llm.chat import TooLongError
from vinee.extractors.llm.completion import FILTERED, LENGTH, REFUSED
from vinee.extractors.llm.reading import Answer, UnreadableError
from vinee.extractors.llm.units import covered, halves

if TYPE_CHECKING:
    from collections.abc import Sequence
    from threading import Event

    from vinee.extractors.llm.chat import Chat
    from vinee.extractors.llm.completion import Reply
    from vinee.extractors.llm.prompts import Message
    from vinee.extractors.llm.settings import Settings
    from vinee.extractors.llm.units import Stretch

_ENDINGS = {LENGTH: "truncated", FILTERED: "filtered", REFUSED: "refused"}
_LOST = Answer()


@dataclass
class Heard:
    """What came of a stretch.

    Attributes:
        answers: The answers, each for a part of the stretch, ascending.
        replies: All that the model wrote.
        counts: What went wrong: ``unreadable`` answers, each asked for ``again`` once;
            ``truncated``, ``filtered`` and ``refused`` ones; ``too_long`` prompts; stretches that
            were ``halved``, and those that are ``lost``: nothing is predicted there.
    """

    answers: list[tuple[Stretch, Answer]] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Dialogue:
    """How a model is asked about stretches of a text.

    Attributes:
        chat: Who is asked.
        settings: What is asked for.
        opening: Messages that come first: instructions and examples.
        text: The document's text.
    """

    chat: Chat
    settings: Settings
    opening: Sequence[Message]
    text: str

    def ask(self, stretch: Stretch, stop: Event) -> Heard:
        """Ask about a stretch.

        Raises:
            ExtractorError: The endpoint does not answer, or even one sentence is too long.
            StoppedError: The event was set meanwhile.
        """
        heard = Heard()
        self._ask(stretch, heard, stop)
        return heard

    def _ask(self, stretch: Stretch, heard: Heard, stop: Event) -> None:
        start, end = covered(stretch)
        messages = [*self.opening, prompts.text_message(self.text[start:end])]
        try:
            answer = self._answer(messages, heard, stop, may_ask_again=True)
        except TooLongError as error:
            if len(stretch) == 1:
                raise ExtractorError(
                    f"one sentence with the instructions is too long for the model: {error}; ask "
                    "for fewer layers, show fewer examples (shots), or take another model"
                ) from None
            heard.counts["too_long"] += 1
            answer = None
        if answer is not None:
            heard.answers.append((stretch, answer))
        elif parts := halves(stretch):
            heard.counts["halved"] += 1
            for part in parts:
                self._ask(part, heard, stop)
        else:
            heard.counts["lost"] += 1

    def _answer(
        self, messages: list[Message], heard: Heard, stop: Event, *, may_ask_again: bool
    ) -> Answer | None:
        """Give what can be read; nothing, counted as lost, if it cannot; None if less may help."""
        reply = self.chat.ask(messages, stop)
        heard.replies.append(reply)
        if reply.ending:
            heard.counts[_ENDINGS[reply.ending]] += 1
            if reply.ending == LENGTH:
                return None
            heard.counts["lost"] += 1
            return _LOST
        try:
            answer = reading.read(reply.content, self.settings.layers)
        except UnreadableError as error:
            heard.counts["unreadable"] += 1
            if not may_ask_again:
                heard.counts["lost"] += 1
                return _LOST
            heard.counts["again"] += 1
            said = [prompts.answered(reply.content)] if reply.content else []
            asked = [*messages, *said, prompts.again(self.settings, str(error))]
            return self._answer(asked, heard, stop, may_ask_again=False)
        self.chat.understood = True
        return answer

    def check(self, heard: Sequence[Heard]) -> None:
        """Check that there is any sense in asking on, once a document is done.

        Raises:
            ExtractorError: No answer could be read yet, and none for any stretch of this document.
        """
        is_lost = heard and all(each.counts["unreadable"] for each in heard)
        if self.chat.understood or not is_lost:
            return
        shown = self.chat.shown(heard[0].replies[-1])
        raise ExtractorError(
            f"no answer of the model can be read, in none of {len(heard)} stretches (the first "
            f"got {shown}); it must be a JSON object with {', '.join(self.settings.layers)}: take "
            "a model that follows a response format, leave it more room (max_tokens in options), "
            "or ask for fewer layers or less text at a time (layers, unit)"
        )
