"""What a model is told: instructions generated from the ontology, and the text in its tags."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

import msgspec

from vinee import ontology
from vinee.extractors.llm.schema import asked_entities, example
from vinee.extractors.llm.wording import WORDINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vinee.extractors.llm.settings import Layer, Settings
    from vinee.extractors.llm.wording import Wording
    from vinee.ontology import Counterexample, EventType, Gloss, Ontology, Role

    Message = dict[str, str]

_TAG = "article"


def system(settings: Settings) -> str:
    """Write the instructions for the layers that are asked for."""
    wording = WORDINGS[settings.language]
    labels = ontology.default()
    parts = [wording.task, _bullets(wording.rules)]
    for layer in settings.layers:
        rules = _bullets(wording.layers[layer])
        parts += [f"# {wording.titles[layer]}", rules, *_labels(layer, settings, wording, labels)]
    shape = msgspec.json.encode(example(settings)).decode()
    return "\n\n".join([*parts, f"{wording.shape}\n{shape}"])


def text_message(text: str) -> Message:
    """Put a text between tags that do not occur in it, so that it cannot close them itself."""
    tags = chain([_TAG], (f"{_TAG}-{number}" for number in count(1)))
    tag = next(tag for tag in tags if f"<{tag}>" not in text and f"</{tag}>" not in text)
    return {"role": "user", "content": f"<{tag}>\n{text}\n</{tag}>"}


def again(settings: Settings, problem: str) -> Message:
    """Ask for another answer, since the first could not be read."""
    asked = WORDINGS[settings.language].again
    return {"role": "user", "content": asked.replace("{problem}", problem)}


def answered(content: str) -> Message:
    """Repeat what the model is taken to have answered."""
    return {"role": "assistant", "content": content}


def _labels(layer: Layer, settings: Settings, wording: Wording, labels: Ontology) -> Iterator[str]:
    if layer == "mentions":
        levels: dict[str, Gloss] = {name: labels.levels[name] for name in settings.levels}
        yield f"{wording.levels}\n{_glosses(levels)}"
        wanted = asked_entities(settings, labels)
        yield "\n".join(
            f"- {entity.name} ({entity.vi}): {entity.definition}"
            + _examples(entity.positive, entity.negative, wording)
            for entity in labels.entities
            if entity.name in wanted
        )
    elif layer == "timexes":
        yield _glosses(labels.timex_mods)
        yield f"`type`:\n{_glosses(labels.timexes)}"
    else:
        for name in ("polarity", "realis", "modality"):
            field = {"polarity": labels.polarities, "realis": labels.realis}
            yield f"`{name}`:\n{_glosses(field.get(name, labels.modalities))}"
        groups = (f"{name} = {', '.join(types)}" for name, types in labels.filler_groups.items())
        yield f"{wording.groups} {'; '.join(groups)}."
        yield f"{wording.common} {_roles(labels.common_roles)}"
        yield "\n".join(_event(event, wording) for event in labels.events)


def _event(event: EventType, wording: Wording) -> str:
    roles = f" {wording.roles}: {_roles(event.roles)}" if event.roles else ""
    shown = _examples(event.positive, event.negative, wording)
    return f"- {event.name} ({event.vi}): {event.definition}{roles}{shown}"


def _roles(roles: Mapping[str, Role]) -> str:
    said = (f"{name} [{', '.join(role.fillers)}] {role.definition}" for name, role in roles.items())
    return " ".join(said)


def _examples(positive: Iterable[str], negative: Iterable[Counterexample], wording: Wording) -> str:
    good = "; ".join(positive)
    bad = "; ".join(f"{each.text} ({each.why})" for each in negative)
    shown = f" {wording.examples}: {good}." if good else ""
    return f"{shown} {wording.negative}: {bad}." if bad else shown


def _glosses(glosses: Mapping[str, Gloss]) -> str:
    return _bullets(f"{name} ({gloss.vi}): {gloss.definition}" for name, gloss in glosses.items())


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
