"""Report pages that the tests share: the small gold, and an article that attacks its reader."""

from __future__ import annotations

from functools import cache

from msgspec import UNSET, UnsetType
from msgspec.structs import replace
from small_gold import SUMMIT, Half, Perfect, find, gold, mention

from vinee.bench import report, scoring, tasks
from vinee.bench.claims import SystemClaims
from vinee.bench.result import System
from vinee.bench.run import describe
from vinee.model import Argument, Document, Entity, Event, Mention, Span, Timex

HOSTILE_TEXT = (
    "<script>document.title='owned'</script>\n"
    "\"Nga\" & 'Mỹ' <img src=x onerror=\"document.title='owned'\">\n"
    "\u202eđảo ngược\u202c &lt;b&gt; </div></section> 😀 Hà\u200b Nội\x07"
)
HOSTILE_NAME = "</h4><script>document.title='owned'</script>\u202e"
HOSTILE_LABEL = '" onmouseover="document.title=\'owned\'" x="'
HOSTILE_ROLE = "</li><img src=x onerror=\"document.title='owned'\">\u200b"
HOSTILE_ID = "m1' \"><script>document.title='owned'</script> a1s1m1"
LONG_LABEL = "L" * 10_000
NAMES = ("half", "perfect")
CHAIN = (Entity("x", "PER"),)


@cache
def ordinary() -> str:
    """The small gold with two systems."""
    systems = {each.name: each for each in (Half(), Perfect())}
    predicted = {name: each.extract(gold()) for name, each in systems.items()}
    results = [
        scoring.score(predicted[name], task, gold=gold(), system=describe(each, 3))
        for name, each in systems.items()
        for task in tasks.known()
    ]
    return report.render(results, gold(), predicted)


def classes() -> tuple[Document, Document]:
    """An article and a prediction with one item, or pair, of each class, arguments and a chain."""
    document = gold()[0]
    names = (
        replace(mention(SUMMIT, "Vladimir Putin", "PER", "m1"), entity="x"),
        mention(SUMMIT, "Donald Trump", "PER", "m2"),
        mention(SUMMIT, "hội nghị thượng đỉnh G20", "EVT", "m3"),
        mention(SUMMIT, "Mỹ", "GPE", "m4"),
        mention(SUMMIT, "Nga", "GPE", "m5"),
        replace(mention(SUMMIT, "Tổng thống", "PER", "m6"), level="NOM", entity="x"),
    )
    meeting = Event(
        "Contact.Meet",
        Span(*find(SUMMIT, "gặp")),
        arguments=(
            Argument("Entity", ref="m1"),
            Argument("Entity", ref="m2"),
            Argument("Place", span=Span(*find(SUMMIT, "bên lề")), implicit=True),
        ),
    )
    start, end = find(SUMMIT, "Donald Trump")
    found = (
        names[0],
        Mention(start, end - 2, "PER", id="m2"),
        mention(SUMMIT, "G20", "ORG", "m3"),
        mention(SUMMIT, "Mỹ", "ORG", "m4"),
        mention(SUMMIT, "bên lề", "LOC", "m5"),
    )
    guessed = Event(
        "Contact.Meet",
        Span(*find(SUMMIT, "gặp")),
        arguments=(Argument("Place", ref="m1"), Argument("Entity", span=Span(start, end))),
    )
    return (
        replace(document, mentions=names, events=(meeting,), entities=CHAIN),
        Document(
            SUMMIT,
            mentions=found,
            events=(guessed,),
            timexes=document.timexes,
            entities=CHAIN,
        ),
    )


@cache
def every_class() -> str:
    """A page with one item, or pair, of each class."""
    wanted, found = classes()
    results = [
        scoring.score([found], task, gold=[wanted]) for task in ("ner_fine", "events", "timex")
    ]
    return report.render(results, [wanted], {"unnamed": [found]})


@cache
def hostile() -> str:
    """An article, labels, roles, ids and names full of markup; spans nest, cross and repeat."""
    size = len(HOSTILE_TEXT)
    gold_mentions = (
        Mention(0, 39, "PER", id=HOSTILE_ID, entity=HOSTILE_ID),
        Mention(8, 60, "ORG", entity=HOSTILE_ID),
        Mention(41, 44, "GPE"),
    )
    predicted_mentions = (
        Mention(0, size, "PER"),
        Mention(0, size, "PER"),
        Mention(5, 20, HOSTILE_LABEL),
        Mention(6, 20, LONG_LABEL),
        Mention(10, 70, "GPE", id=HOSTILE_ID),
        Mention(90, 100, "LOC", entity="\u202e"),
        Mention(95, 110, "LOC", entity="\u202e"),
    )
    arguments = (argument(HOSTILE_ROLE, ref=HOSTILE_ID), argument(LONG_LABEL, span=Span(50, 60)))
    events = (
        Event(HOSTILE_LABEL, Span(0, 10), arguments=arguments, chain=HOSTILE_ID),
        Event("Contact.Meet", Span(3, 50), chain=HOSTILE_ID),
    )
    document = Document("<b>doc", HOSTILE_TEXT, mentions=gold_mentions, events=events[1:])
    predicted = Document("<b>doc", mentions=predicted_mentions, events=events, timexes=TIMES)
    system = System(HOSTILE_NAME, "<i>1", "<u>all", claims=SystemClaims(("PER", "GPE")))
    fit = Document("<b>doc", mentions=(Mention(0, 3, "PER"),))
    scored = Document("<b>doc", HOSTILE_TEXT, mentions=(Mention(0, 39, "PER"),))
    results = [scoring.score([fit], "ner", gold=[scored], system=system)]
    return report.render(results, [document], {HOSTILE_NAME: [predicted]})


TIMES = (Timex(50, 70, type="DATE"),)


def argument(role: str, ref: str | UnsetType = UNSET, span: Span | UnsetType = UNSET) -> Argument:
    """An argument with a filler of either kind."""
    return Argument(role, ref=ref, span=span)
