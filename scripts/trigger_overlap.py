"""How much of the gold's triggers the ontology's examples and the `rules` lists already hold.

    python scripts/trigger_overlap.py

Both were written before the gold, but the examples by someone who had read the articles. So this
tells how far the event scores of `rules` are to be trusted as those of an outsider.
"""

from __future__ import annotations

from vinee import ontology, resources
from vinee.corpus import gold
from vinee.extractors.rules.lexicon import labels
from vinee.text import ground


def main() -> None:
    """Print the shares."""
    triggers = [
        (event.trigger.text or "").lower() for d in gold.documents() for event in d.events or ()
    ]
    examples = "\n".join(
        example.lower() for event in ontology.default().events for example in event.positive
    )
    folder = resources.root() / "src" / "vinee" / "extractors" / "rules" / "lists"
    listed = (folder / "triggers.txt").read_text("utf-8").lower()
    entries = {line.replace("[", "").replace("]", "") for line in listed.splitlines()}
    in_examples = sum(bool(ground(examples, trigger).matches) for trigger in triggers)
    in_lists = sum(trigger in entries for trigger in triggers)
    print(f"{len(triggers)} triggers of {len(labels('triggers'))} listed types in gold")
    print(f"in the ontology's examples: {in_examples} ({in_examples / len(triggers):.0%})")
    print(f"in the lists of rules: {in_lists} ({in_lists / len(triggers):.0%})")


if __name__ == "__main__":
    main()
