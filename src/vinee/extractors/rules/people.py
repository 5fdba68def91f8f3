"""Names of persons, after these rules.

- A title or honorific introduces a person, with a place between the two or not: the
  capitalised run after it (`Tổng thống Pháp [A B]`, `bà [C]`).
- A Vietnamese family name with two or three more capitalised syllables is a person.
- Who was so introduced is known in the whole document, by full name and by each part that can
  be no Vietnamese word for its length.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vinee.extractors.rules.lexicon import section
from vinee.extractors.rules.names import run
from vinee.extractors.rules.tokens import TokenSpan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vinee.extractors.rules.tokens import Sentence

_VIETNAMESE_NAME = (3, 4)  # syllables, the family name included
_SHORTEST_PART = 4


def introduced(sentence: Sentence, known: Sequence[TokenSpan]) -> list[TokenSpan]:
    """Find persons after a title or honorific, and Vietnamese full names."""
    honorifics = section("titles", "honorific", cased=False)
    places = {span.first: span.last for span in known if span.label == "GPE"}
    starts = [span.last for span in known if span.label == "TITLE"]
    for index in range(len(sentence.tokens)):
        match = honorifics.at(sentence, index)
        if match is not None:
            starts.append(match[0])
    # `Tổng thống Pháp A B`: the place stands between title and name.
    starts += [places[start] for start in starts if start in places]
    found = []
    for start in sorted(set(starts)):
        end = run(sentence, start, known)
        if end > start:
            found.append(TokenSpan(start, end, "PER"))
    return found + _vietnamese(sentence, known)


def _vietnamese(sentence: Sentence, known: Sequence[TokenSpan]) -> list[TokenSpan]:
    surnames = section("titles", "surname", cased=True)
    found = []
    for index in range(len(sentence.tokens)):
        end = run(sentence, index, known) if surnames.at(sentence, index) else index
        if end - index in _VIETNAMESE_NAME:
            found.append(TokenSpan(index, end, "PER"))
    return found


class Memory:
    """Persons who were introduced in a document, as the module says."""

    def __init__(self) -> None:
        self._names: set[tuple[str, ...]] = set()

    def learn(self, sentence: Sentence, spans: Iterable[TokenSpan]) -> None:
        """Remember the persons of a sentence."""
        for span in spans:
            forms = tuple(token.form for token in sentence.tokens[span.first : span.last])
            if len(forms) > 1:
                self._names.add(forms)
            self._names.update((form,) for form in forms if _is_distinctive(form))

    def recall(self, sentence: Sentence) -> list[TokenSpan]:
        """Find remembered persons in a sentence."""
        forms = tuple(token.form for token in sentence.tokens)
        return [
            TokenSpan(index, index + len(name), "PER")
            for name in self._names
            for index in range(len(forms) - len(name) + 1)
            if forms[index : index + len(name)] == name
        ]


def _is_distinctive(form: str) -> bool:
    return form.isascii() and form.isalpha() and len(form) >= _SHORTEST_PART
