"""Names of controls, and how entities and chains are called in a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vinee.corpus.adjudication.article import Article

# The data of a task that the panel repeats its block for; each block has the two controls.
DISAGREEMENTS = "disagreements"
TAKE = "take_"
WHY = "why_"
# Marks in the text, not to be changed, of what the two do not state alike.
DISPUTED = "disputed"
# Reasons for changes: at a region, and for what has no region.
CHANGE_WHY = "change_why"
REST_WHY = "rest_why"
FINGERPRINT = "fingerprint"
# What is said of entities and chains where the task begins, and where it stands.
STANDING = "standing"

NO_VALUE = "no_value"


class Names:
    """How entities and chains are called: as in the corpus, without the document's id in front."""

    def __init__(self, doc_id: str, known: Iterable[str]) -> None:
        names = set(known)
        short = {name: name.removeprefix(f"{doc_id}:") for name in names}
        self._shown = {name: name if short[name] in names else short[name] for name in names}
        self._meant = {shown: name for name, shown in self._shown.items()}

    def shown(self, name: str) -> str:
        """Return what stands in the task."""
        return self._shown.get(name, name)

    def meant(self, shown: str) -> str:
        """Return the name for what stands in the task; a new one is as it stands."""
        return self._meant.get(shown, shown)


def names_of(article: Article) -> Names:
    """Return the names of an article's entities and chains."""
    stated = [item for side in article.sides for item in side.values()]
    known = {item.attributes.get(what) for item in stated for what in ("entity", "chain")}
    known |= {fill.name for item in stated for fill in item.fills}
    return Names(article.doc_id, (name for name in known if name))
