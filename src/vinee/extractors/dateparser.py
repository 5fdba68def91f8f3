"""dateparser's search for dates as an extractor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vinee.errors import MissingExtraError
from vinee.extractors.base import Claims, sentence_spans, text_of
from vinee.extractors.installed import package_version
from vinee.extractors.written import common, moments
from vinee.model import Document, Timex
from vinee.text import align_tokens

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence
    from datetime import datetime

    from vinee.model import TimexType

_PACKAGE = "dateparser"
_EXTRA = "baselines"
_LANGUAGES = ["vi"]
_FORMS = {"year": "%Y", "month": "%Y-%m", "week": "%G-W%V", "time": "%Y-%m-%dT%H:%M"}
_DAY = "%Y-%m-%d"


class DateparserExtractor:
    """``dateparser.search.search_dates()`` in Vietnamese, sentence by sentence.

    It reads every expression as a point in time, so all are ``DATE``, or ``TIME`` where it read
    a time of day; it knows no durations and no sets. Values are as fine as what it read. Relative
    ones are resolved by the date in the article's dateline. What an expression does not say
    without a date or a time of day that nobody knows is X: ``26/2`` is ``XXXX-02-26``. Where
    expressions stand is told by their text, which the aligner finds.

    Needs the extra ``baselines``.
    """

    name = "dateparser"
    claims = Claims(timexes=True)
    requires = (_PACKAGE,)
    licence = "BSD-3-Clause"
    texts_seen = "no"
    trained_on = "nothing: Vietnamese words for dates from Unicode CLDR and its contributors"

    @property
    def version(self) -> str:
        """Version of the installed package.

        Raises:
            MissingExtraError: It is not installed.
        """
        return package_version(_PACKAGE, _EXTRA)

    def extract(self, documents: Sequence[Document]) -> list[Document]:
        """Annotate documents with times.

        Raises:
            MissingExtraError: dateparser is not installed.
            ExtractorError: A document has no text.
        """
        return [_annotate(document) for document in documents]


def _annotate(document: Document) -> Document:
    try:
        from dateparser.search import search_dates
    except ModuleNotFoundError as error:
        raise MissingExtraError(_PACKAGE, _EXTRA) from error
    from collections import Counter

    text = text_of(document)
    when = moments(document)
    counts: Counter[str] = Counter(exact=0, repaired=0, ungrounded=0)
    timexes: list[Timex] = []
    for start, end in sentence_spans(document):
        sentence = text[start:end]
        found = search_dates(sentence, languages=_LANGUAGES, settings=_settings(when[0]))
        strings = [string for string, _ in found or ()]
        spans = _aligned(sentence, strings, counts)
        for string, span in zip(strings, spans, strict=True):
            if span is not None:
                first, last = start + span[0], start + span[1]
                name = f"t{len(timexes) + 1}"
                kind, value = _read(string, when)
                timexes.append(
                    Timex(first, last, text=text[first:last], id=name, type=kind, value=value)
                )
    return Document(document.doc_id, timexes=tuple(timexes), meta={"alignment": dict(counts)})


def _settings(moment: datetime) -> dict[str, Any]:
    return {
        "RELATIVE_BASE": moment,
        "RETURN_TIME_AS_PERIOD": True,
        "TIMEZONE": "UTC",  # else the machine's
    }


def _aligned(
    sentence: str, strings: Sequence[str], counts: Counter[str]
) -> tuple[tuple[int, int] | None, ...]:
    alignment = align_tokens(sentence, strings)
    counts["exact"] += alignment.exact
    counts["repaired"] += alignment.repaired
    counts["ungrounded"] += alignment.ungrounded
    return alignment.spans


def _read(string: str, when: Sequence[datetime]) -> tuple[TimexType, str | None]:
    """Give the type of a string, and what it means whichever moment it was written in."""
    from dateparser.date import DateDataParser

    kind: TimexType = "DATE"
    values: list[str] = []
    for moment in when:
        read = DateDataParser(languages=_LANGUAGES, settings=_settings(moment)).get_date_data(
            string
        )
        if read.date_obj is None:
            return kind, None
        kind = "TIME" if read.period == "time" else "DATE"
        values.append(read.date_obj.strftime(_FORMS.get(read.period, _DAY)))
    return kind, common(*values)
