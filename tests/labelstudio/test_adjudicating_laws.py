"""What holds of any two annotators' work, whatever an adjudicator does to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from adjudications import LAO, PHAP, answer, answered, empty, opened, there, two_states, two_views
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from vinee.corpus.adjudication import adjudicate
from vinee.errors import InputError
from vinee.formats.label_studio import controls
from vinee.labelstudio.adjudicating.names import CHANGE_WHY, REST_WHY
from vinee.labelstudio.adjudicating.outcome import Outcome, outcome
from vinee.model import Argument, Chain, Document, Event, Span

if TYPE_CHECKING:
    from random import Random

    from vinee.corpus.adjudication import Log
    from vinee.corpus.adjudication.article import Article

    Result = list[dict[str, Any]]

ITEMS = ["Q1", "Q2", "NIL", None]
NAMES = ["A", "B", None]
VISIT, INVITE = (4, 8), (31, 34)
WRITTEN = {
    controls.ENTITY: ["lao", "phap", "new"],
    controls.ENTITY_WIKIDATA: ["Q1", "Q3", "NIL"],
    controls.ENTITY_NAME: ["A", "C"],
    controls.CHAIN_NAME: ["A", "C"],
    CHANGE_WHY: ["here", "there"],
}
# What may fill a role of the first event, in whose sentence they stand.
FILLERS = {"m0": LAO, "m1": PHAP}


def annotator(random: Random, who: str) -> Document:
    """Somebody who misses some of what is there, and says this or that of the rest."""
    document = two_states(random.choice(ITEMS), random.choice(ITEMS))
    mentions = tuple(
        replace(
            m,
            entity=random.choice([m.entity, m.entity, "e1", "e2"]),
            gpe_role=random.choice(["ORG", "ORG", "LOC"]),
        )
        for m in document.mentions or ()
        if random.random() > 0.15
    )
    there_are = {m.id for m in mentions}
    fillers = [Argument("Entity", ref=id_) for id_ in FILLERS if id_ in there_are]
    events = tuple(
        Event(
            "Contact.Meet",
            Span(*at, (document.text or "")[slice(*at)]),
            id=f"ev{at[0]}",
            arguments=tuple(a for a in fillers if at == VISIT and random.random() > 0.3),
            polarity="POSITIVE",
            realis="ACTUAL",
            chain=random.choice(["c1", "c1", "c2"]),
        )
        for at in (VISIT, INVITE)
        if random.random() > 0.1
    )
    told = sorted({event.chain or "" for event in events})
    named = {m.entity for m in mentions}
    return replace(
        document,
        mentions=mentions,
        entities=tuple(
            replace(e, name=random.choice(NAMES)) for e in document.entities or () if e.id in named
        ),
        events=events,
        chains=tuple(Chain(c, name=random.choice(NAMES), corpus_id=f"x-{c}") for c in told),
        meta=random.choice([None, {"pass": {"annotator": who}}]),
    )


def decided(random: Random, article: Article) -> Log:
    log = empty(article)
    takes = [random.choice(("first", "second")) for _ in log.decisions]
    decisions = tuple(
        replace(decision, take=take, why=f"because of {number}")
        for number, (decision, take) in enumerate(zip(log.decisions, takes, strict=True))
    )
    return replace(log, decisions=decisions)


def edit(random: Random, result: Result) -> None:
    """Delete, write over and wipe off, a few times."""
    for _ in range(random.randint(0, 4)):
        layers = {controls.MENTION, controls.TRIGGER}
        regions = [item for item in result if item.get("from_name") in layers]
        if not regions:
            return
        region = random.choice(regions)
        id_, control = region["id"], random.choice(["", *WRITTEN])
        ends = {id_}
        if not control:
            result[:] = [
                i for i in result if not ends & {i.get("id"), i.get("from_id"), i.get("to_id")}
            ]
            continue
        result[:] = [i for i in result if (i.get("id"), i.get("from_name")) != (id_, control)]
        of_events = control == controls.CHAIN_NAME
        fits = control == CHANGE_WHY or of_events == (region["from_name"] == controls.TRIGGER)
        if fits and random.random() > 0.3:
            result.append({**answer(control, random.choice(WRITTEN[control])), "id": id_})
    if not any(item.get("from_name") == REST_WHY for item in result):
        result.append(answer(REST_WHY, "for the rest"))


def told(found: Outcome) -> tuple[object, ...]:
    """Give what an outcome comes to, but for the reasons: several changes may share a field."""
    sweep = {(change.id, change.before, change.after) for change in found.log.sweep}
    return found.open, found.log.decisions, sweep, found.document


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_repeating_and_making_the_task_again_change_nothing(random: Random) -> None:
    try:
        article = two_views(annotator(random, "lan"), annotator(random, "minh"))
        answers = answered(article, decided(random, article))
    except InputError:
        return  # one of them alone cannot be read
    log = empty(article)
    result = opened(article) + answers
    for _ in range(2):
        edit(random, result)
        found = outcome(article, log, there(article, result, log=log))

        assert told(outcome(article, found.log, there(article, result, log=log))) == told(found)
        if found.document is None:
            return
        naming, decisions = article.naming, found.log.decided()
        again = adjudicate(article.first, article.second, naming, decisions, found.log.sweep)
        assert again == found.document
        log = found.log
        result = opened(article, log)
        assert told(outcome(article, log, there(article, result, log=log))) == told(found)
