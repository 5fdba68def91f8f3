"""Report pages that the tests share: the small gold, and an article that attacks its reader."""

from __future__ import annotations

from small_gold import Half, Perfect, gold

from vinee.bench import report, scoring, tasks
from vinee.bench.claims import SystemClaims
from vinee.bench.result import System
from vinee.bench.run import describe
from vinee.model import Document, Event, Mention, Span

HOSTILE_TEXT = (
    "<script>document.title='owned'</script>\n"
    "\"Nga\" & 'Mỹ' <img src=x onerror=\"document.title='owned'\">\n"
    "\u202eđảo ngược\u202c &lt;b&gt; </div></section> 😀 Hà Nội\x07"
)
HOSTILE_NAME = "</h4><script>document.title='owned'</script>"
HOSTILE_LABEL = '" onmouseover="document.title=\'owned\'" x="'
NAMES = ("half", "perfect")


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


def hostile() -> str:
    """An article, labels and a system's name full of markup; spans nest, cross and repeat."""
    size = len(HOSTILE_TEXT)
    gold_mentions = (Mention(0, 39, "PER"), Mention(8, 60, "ORG"), Mention(41, 44, "GPE"))
    predicted_mentions = (
        Mention(0, size, "PER"),
        Mention(0, size, "PER"),
        Mention(5, 20, HOSTILE_LABEL),
        Mention(10, 70, "GPE"),
        Mention(90, 100, "LOC"),
        Mention(95, 110, "LOC"),
    )
    events = (Event(HOSTILE_LABEL, Span(0, 10)), Event("Contact.Meet", Span(3, 50)))
    document = Document("<b>doc", HOSTILE_TEXT, mentions=gold_mentions, events=events[1:])
    predicted = Document("<b>doc", mentions=predicted_mentions, events=events)
    system = System(HOSTILE_NAME, "<i>1", "<u>all", claims=SystemClaims(("PER", "GPE")))
    fit = Document("<b>doc", mentions=(Mention(0, 3, "PER"),))
    results = [scoring.score([fit], "ner", gold=[document], system=system)]
    return report.render(results, [document], {HOSTILE_NAME: [predicted]})
