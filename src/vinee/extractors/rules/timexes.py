"""Time expressions by regular expression; of overlapping ones the longest is taken."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vinee.text import fold, place_tones

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vinee.model import TimexType

_PART = "(?:rạng sáng|sáng sớm|sáng|trưa|chiều|tối|đêm|nửa đêm)"
_BIG = "(?:ngày|tuần lễ|tuần|tháng|quý|năm|thập kỷ|thập niên|thế kỷ)"
_SMALL = "(?:giây|phút|giờ đồng hồ|giờ|tiếng đồng hồ|tiếng)"
_COUNT = (
    r"(?:\d+(?:[.,]\d+)?|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|mấy|nhiều|hàng chục"
    "|hàng trăm|nửa)"
)
_NEAR = "(?:này|nay|trước|sau|tới|qua|vừa qua|vừa rồi|ngoái|kế tiếp|tiếp theo)"
_EDGE = "(?:đầu|giữa|cuối)"
_DAY = (
    r"(?:(?P<d>\d{1,2})/(?P<m>\d{1,2})(?:/(?P<y>\d{4}))?"
    r"|(?P<d2>\d{1,2})-(?P<m2>\d{1,2})-(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2}) tháng (?P<m3>\d{1,2})(?: năm (?P<y3>\d{4}))?)"
)
_MONTH = r"tháng (?P<m>\d{1,2})(?:(?:/| năm |-)(?P<y>\d{4})| năm (?:nay|ngoái|sau|tới))?"
_MONTH_NAME = "tháng (?:giêng|một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mười một|mười hai|chạp)"
_WEEKDAY = "(?:[Tt]hứ (?:Hai|Ba|Tư|Năm|Sáu|Bảy)|[Cc]hủ [Nn]hật)"
_CLOCK = r"(?:\d{1,2} giờ(?: \d{1,2}(?: phút)?)?|\d{1,2}[hH](?:\d{2})?|\d{1,2}:\d{2})"

_PATTERNS: tuple[tuple[TimexType, str], ...] = (
    ("SET", f"(?:hằng|hàng|mỗi) (?:{_BIG}|{_WEEKDAY}|giờ|phút)"),
    ("TIME", f"{_PART} (?:hôm )?(?:ngày )?{_DAY}"),
    ("TIME", f"{_PART} (?:hôm )?(?:qua|nay|mai|kia|{_WEEKDAY})"),
    ("TIME", f"{_CLOCK} (?:{_PART} )?(?:ngày )?{_DAY}"),
    ("TIME", f"{_CLOCK} {_PART}(?: (?:nay|qua|mai))?"),
    ("TIME", f"(?<=lúc ){_CLOCK}"),
    ("TIME", f"(?<=hồi ){_CLOCK}"),
    ("TIME", f"{_COUNT} {_SMALL} (?:trước|sau|nữa|tới)(?: đó)?"),
    ("DATE", f"{_COUNT} {_BIG} (?:trước|sau|nữa|tới)(?: đó)?"),
    ("DURATION", rf"{_COUNT} {_SMALL}(?: \d+ (?:phút|giây))?"),
    ("DURATION", f"{_COUNT} {_BIG}(?: (?:qua|liền|liên tiếp))?"),
    ("DURATION", f"suốt (?:{_COUNT} )?{_BIG}"),
    ("DATE", f"(?:(?:hôm|ngày) )?{_DAY}"),
    ("DATE", r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
    ("DATE", rf"(?:hôm|ngày) \d{{1,2}}(?! ?{_BIG})"),
    ("DATE", f"(?:{_EDGE} )?{_MONTH}"),
    ("DATE", rf"(?:{_EDGE} )?tháng \d{{1,2}} {_NEAR}"),
    ("DATE", f"(?:{_EDGE} )?{_MONTH_NAME}(?: năm (?:nay|ngoái|sau|tới))?"),
    ("DATE", f"(?:{_EDGE} )?(?:tuần|tháng|quý|năm|thập kỷ|thế kỷ) {_NEAR}"),
    ("DATE", f"{_EDGE} (?:tuần|tháng|năm)"),
    ("DATE", r"(?:(?:đầu|giữa|cuối|mùa xuân|mùa hè|mùa thu|mùa đông) )?năm (?P<y>\d{4})"),
    ("DATE", r"(?:giai đoạn |nhiệm kỳ )?\d{4}-\d{4}"),
    ("DATE", r"(?:thập niên|thập kỷ|những năm) \d{2,4}"),
    ("DATE", r"thế kỷ (?:[XVI]+|\d{1,2})"),
    ("DATE", rf"{_WEEKDAY}(?: tuần {_NEAR})?(?: ?\({_DAY}\))?"),
    ("DATE", "(?:hôm|ngày) (?:nay|qua|mai|kia|hôm nay|hôm qua|hôm sau|trước|sau)"),
    ("DATE", "(?:hiện nay|hiện tại|hiện giờ|bây giờ|gần đây|thời gian (?:qua|tới|gần đây))"),
)
# Round the clock, no 24 July.
_NEVER = "24/7"


def _compiled(pattern: str) -> re.Pattern[str]:
    initial = pattern if pattern[:3] == "(?<" else f"(?<![\\w/.,-]){pattern}"
    return re.compile(place_tones(initial).replace(" ", r"\s") + r"(?![\w/])")


_COMPILED = tuple((kind, _compiled(pattern)) for kind, pattern in _PATTERNS)
_LAST_MONTH, _LAST_DAY = 12, 31


@dataclass(frozen=True)
class Found:
    """A time expression, half-open in code points, with its value where it is spelled out."""

    start: int
    end: int
    type: TimexType
    value: str | None


def find(text: str, start: int, end: int) -> list[Found]:
    """Find the time expressions of a sentence.

    Args:
        text: The document's text.
        start: First code point of the sentence.
        end: One past its last.

    Returns:
        Disjoint expressions in the order of the text.
    """
    folded = fold(text[start:end], dashes=True)
    candidates = sorted(
        _matches(folded.text), key=lambda found: (found.start - found.end, found.start)
    )
    taken: list[Found] = []
    for found in candidates:
        if all(found.end <= other.start or other.end <= found.start for other in taken):
            taken.append(found)
    placed = []
    for found in sorted(taken, key=lambda each: each.start):
        first, last = folded.original(found.start, found.end)
        placed.append(Found(start + first, start + last, found.type, found.value))
    return placed


def _matches(sentence: str) -> Iterator[Found]:
    # The first word of a sentence has a capital, the patterns have none.
    lowered = _lower_first(sentence)
    for kind, pattern in _COMPILED:
        for match in pattern.finditer(lowered):
            date = _date(match)
            if match[0] == _NEVER or date is None:
                continue
            value = date if kind == "DATE" and date else None
            yield Found(match.start(), match.end(), kind, value)


def _lower_first(sentence: str) -> str:
    for index, char in enumerate(sentence):
        if char.isalpha():
            lower = char.lower()
            return sentence[:index] + lower + sentence[index + 1 :] if len(lower) == 1 else sentence
    return sentence


def _date(match: re.Match[str]) -> str | None:
    """Give the value of a calendar date, empty where none is spelled out; ``None``: no date."""
    groups = {name[0]: value for name, value in match.groupdict().items() if value}
    day, month, year = groups.get("d"), groups.get("m"), groups.get("y", "XXXX")
    if month is None:
        return "" if year == "XXXX" else year
    if not 1 <= int(month) <= _LAST_MONTH or (day and not 1 <= int(day) <= _LAST_DAY):
        return None
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
