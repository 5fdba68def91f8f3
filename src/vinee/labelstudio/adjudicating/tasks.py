"""An article as a task: what both state is set, what they do not is marked and asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from vinee.corpus.adjudication.compose import compose
from vinee.corpus.adjudication.editing import preset
from vinee.corpus.adjudication.facts import ENTITY, SAID, holder, said_of, whole
from vinee.corpus.adjudication.reasons import preset_reasons
from vinee.corpus.adjudication.standing import standing
from vinee.formats import label_studio
from vinee.formats.label_studio import controls
from vinee.labelstudio.adjudicating.names import (
    CHANGE_WHY,
    DISAGREEMENTS,
    DISPUTED,
    FINGERPRINT,
    NO_VALUE,
    REST_WHY,
    STANDING,
    TAKE,
    WHY,
    Names,
    names_of,
)
from vinee.labelstudio.adjudicating.panel import block

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from vinee.corpus.adjudication import Log
    from vinee.corpus.adjudication.article import Article
    from vinee.corpus.adjudication.facts import Item, Key
    from vinee.model import Document

    Result = dict[str, Any]

MODEL_VERSION = "agreed"
# The control that an item's region belongs to.
CONTROLS = {"mention": controls.MENTION, "time": controls.TIMEX, "event": controls.TRIGGER}


def task(article: Article, log: Log) -> dict[str, Any]:
    """Write the task of an article.

    What is set, and the answers and changes that the log has already, come as a prediction: the
    editor makes an annotation of it as somebody opens the task, and until that is handed in the
    task counts as not done.
    """
    items, _ = preset(article, log.sweep, log.decided())
    document = named_by_id(_as_said(compose(article.first, items), items), names_of(article))
    written = label_studio.task(document)
    # The marks come first, so that a click on what they cover finds what can be changed.
    result: list[Result] = list(_disputed(article))
    result += [item for each in written["annotations"] for item in each["result"]]
    result += _answers(article, log)
    result += _reasons(article, log, items, result)
    data = {
        **written["data"],
        DISAGREEMENTS: [
            block(number, found, article) for number, found in enumerate(article.found, start=1)
        ],
        FINGERPRINT: article.fingerprint,
        STANDING: standing(items),
    }
    return {"data": data, "predictions": [{"model_version": MODEL_VERSION, "result": result}]}


def _as_said(document: Document, items: Mapping[Key, Item]) -> Document:
    """Leave out the names of entities that nobody gave, and that mentions only would give."""
    return replace(
        document,
        entities=tuple(
            replace(e, name=said_of(whole(ENTITY, e.corpus_id or ""), items).attributes["name"])
            for e in document.entities or ()
        ),
    )


def named_by_id(document: Document, names: Names) -> Document:
    """Give entities and chains the names for ids by which people can tell them."""
    entities = {e.id: names.shown(e.corpus_id or e.id) for e in document.entities or ()}
    chains = {
        c.id: replace(c, id=names.shown(c.corpus_id), corpus_id=None)
        for c in document.chains or ()
        if c.corpus_id
    }
    return replace(
        document,
        mentions=tuple(
            replace(m, entity=entities.get(m.entity or "")) for m in document.mentions or ()
        ),
        entities=tuple(
            replace(e, id=entities[e.id], corpus_id=None) for e in document.entities or ()
        ),
        events=tuple(
            replace(e, chain=chains[e.chain].id if e.chain in chains else None)
            for e in document.events or ()
        ),
        chains=tuple(chains.values()),
    )


def _disputed(article: Article) -> Iterator[Result]:
    """Mark where something is that only one states, or that both state but not alike."""
    places: dict[tuple[str, int, int], list[str]] = {}
    for number, found in enumerate(article.found, start=1):
        who = "both"
        if found.what == "exists":
            who = "first" if found.key in article.sides[0] else "second"
        key: Key | None = found.key
        if found.key.layer in SAID:
            members = [row for side in article.sides for row in side.items()]
            key = holder(found.key, members)
        if key is None:
            continue
        place = (who, key.start, key.end)
        places.setdefault(place, []).append(f"{number}. {found.what}")
    for (who, start, end), told in places.items():
        yield {
            "id": f"disputed-{who}-{start}-{end}",
            "from_name": DISPUTED,
            "to_name": controls.TEXT,
            "type": "labels",
            "readonly": True,
            "meta": {"text": told},
            "value": {
                "start": start,
                "end": end,
                "text": article.text[start:end],
                "labels": [who],
            },
        }


def _answers(article: Article, log: Log) -> Iterator[Result]:
    decided = log.decided()
    told = {change.id: change.after for change in log.sweep}
    for index, found in enumerate(article.found):
        decision = decided.get(found.id)
        if decision is None:
            continue
        take: str = decision.take
        if take == "other" and found.id in told and told[found.id] is None:
            take = NO_VALUE
        yield _whole(f"{TAKE}{index}", "choices", {"choices": [take]})
        if decision.why:
            yield _whole(f"{WHY}{index}", "textarea", {"text": [decision.why]})


def _reasons(
    article: Article, log: Log, items: Mapping[Key, Item], regions: list[Result]
) -> Iterator[Result]:
    whys, rest = preset_reasons(article, log.sweep, items)
    for key, why in whys.items():
        for region in regions:
            value = region["value"] if region["type"] == "labels" else {}
            if (
                region.get("from_name") == CONTROLS[key.layer]
                and (value["start"], value["end"]) == (key.start, key.end)
                and key.type in ("", *value["labels"])
            ):
                answer = {"start": key.start, "end": key.end, "text": [why]}
                yield {**_whole(CHANGE_WHY, "textarea", answer), "id": region["id"]}
    if rest:
        yield _whole(REST_WHY, "textarea", {"text": [rest]})


def _whole(control: str, kind: str, value: dict[str, Any]) -> Result:
    """Write an answer about the whole task."""
    return {
        "id": f"answer-{control}",
        "from_name": control,
        "to_name": controls.TEXT,
        "type": kind,
        "value": value,
    }
