"""Pages of agreement that the tests share: of real passes, and of documents full of markup."""

from __future__ import annotations

from functools import cache

from vinee import resources
from vinee.bench import agreement
from vinee.bench.agreement import page
from vinee.corpus import quoted
from vinee.model import Argument, Document, Entity, Event, Mention, Span, Timex

PASSES = resources.root() / "annotations" / "passes"
HOSTILE = "<script>document.title='owned'</script>\" onmouseover='x' \u202e & </div></li>"
HOSTILE_TEXT = f"{HOSTILE} Nga gặp Mỹ <img src=x onerror=\"document.title='owned'\">."


@cache
def measured() -> agreement.Agreement:
    """Four annotators, the articles as they are."""
    passes = {name: quoted.resolved(PASSES / name) for name in ("a1", "a2", "a3", "a4")}
    return agreement.agreement(passes, {"a1": "1.0", "a2": "1.0", "a3": "1.0", "a4": "1.1"})


@cache
def ordinary() -> str:
    """Their page."""
    return page.render(measured())


@cache
def hostile() -> str:
    """Names, labels, roles, values and texts full of markup; all of them differ."""
    mention = Mention(0, 39, "GPE", id="m1", entity=HOSTILE)
    event = Event(HOSTILE, Span(8, 20), arguments=(Argument(HOSTILE, ref="m1"),), realis="ACTUAL")
    first = Document(
        HOSTILE,
        HOSTILE_TEXT,
        mentions=(mention,),
        entities=(Entity(HOSTILE, "GPE", name=HOSTILE, wikidata=HOSTILE),),
        timexes=(Timex(4, 9, type="DATE", value=HOSTILE),),
        events=(event,),
    )
    second = Document(
        HOSTILE,
        HOSTILE_TEXT,
        mentions=(Mention(0, 39, "GPE", id="m1"), Mention(2, 30, HOSTILE)),
        entities=(),
        timexes=(Timex(4, 9, type="DATE", value="2025"),),
        events=(),
    )
    names = (HOSTILE, "second", "third")
    documents = ([first], [second], [first])
    passes = dict(zip(names, documents, strict=True))
    return page.render(agreement.agreement(passes, dict.fromkeys(names, HOSTILE)))
