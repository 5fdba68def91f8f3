from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import TYPE_CHECKING, Any

import pytest

from vinee.errors import ExtractorError, MissingExtraError, UnknownNameError
from vinee.extractors import (
    CallableExtractor,
    Claims,
    Entry,
    Extractor,
    Trainable,
    available,
    registry,
    resolve,
)
from vinee.extractors.crf import CrfExtractor
from vinee.extractors.forms import forms, missing
from vinee.extractors.models.spec import LIBRARIES
from vinee.extractors.rules import RulesExtractor
from vinee.model import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MODULE = """
from vinee.extractors.rules import RulesExtractor

instance = RulesExtractor()
number = 7

def cities(text):
    return [(0, 6, "GPE")]

class NeedsPath:
    def __init__(self, path):
        self.path = path

class Nested:
    Inner = RulesExtractor

class NoContract:
    pass
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    (tmp_path / "my_extractors.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    yield tmp_path
    sys.modules.pop("my_extractors", None)


def broken_point(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("broken", "no_such_module_here:Thing", registry.GROUP)
    points = [*entry_points(group=registry.GROUP), point]
    monkeypatch.setattr(registry, "entry_points", lambda group: points if group else [])


def test_the_baselines_are_registered_and_ready() -> None:
    assert available() == (
        Entry("annotator", "vinee.extractors.annotator:AnnotatorExtractor"),
        Entry("crf", "vinee.extractors.crf:CrfExtractor"),
        Entry("dateparser", "vinee.extractors.dateparser:DateparserExtractor"),
        Entry("rules", "vinee.extractors.rules:RulesExtractor"),
        Entry("underthesea", "vinee.extractors.underthesea:UndertheseaExtractor"),
    )


def test_a_missing_package_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(CrfExtractor, "requires", ("no_such_package_here",))

    crf = next(entry for entry in available() if entry.name == "crf")

    assert crf.missing == ("no_such_package_here",)
    assert not crf.ready


def test_a_broken_entry_point_does_not_hide_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    broken_point(monkeypatch)

    entries = {entry.name: entry for entry in available()}

    assert "no_such_module_here" in entries["broken"].problem
    assert not entries["broken"].ready
    assert entries["rules"].ready


def test_listing_and_resolving_imports_no_heavy_package() -> None:
    code = (
        "import sys\n"
        "from vinee.extractors import available, resolve\n"
        "[resolve(entry.name) for entry in available()]\n"
        "heavy = {'underthesea', 'dateparser', 'pycrfsuite', 'datasets', 'pandas'}\n"
        "print(heavy & sys.modules.keys())\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("name", ["crf", "dateparser", "rules", "underthesea"])
def test_a_registered_name_gives_an_extractor_of_that_name(name: str) -> None:
    found = resolve(name)

    assert isinstance(found, Extractor)
    assert found.name == name
    assert found.version
    assert found.trained_on


def test_only_the_crf_is_trainable() -> None:
    trainable = [
        name
        for name in ("crf", "dateparser", "rules", "underthesea")
        if isinstance(resolve(name), Trainable)
    ]

    assert trainable == ["crf"]


def test_an_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(
        UnknownNameError, match=r"'ruels'; known: annotator, crf, dateparser, rules, underthesea"
    ):
        resolve("ruels")


def test_an_unknown_name_is_told_how_others_are_written() -> None:
    with pytest.raises(UnknownNameError, match=r"or write it as one of: module:object, cmd:COMM"):
        resolve("en_core_web_sm")


def test_a_form_needs_what_its_class_needs() -> None:
    for library, name in LIBRARIES.items():
        form = next(each for each in forms() if each.name.startswith(f"{library}:"))
        module, _, made = form.target.partition(":")
        assert made == name
        assert form.missing == missing(getattr(import_module(module), name).requires)


def test_every_form_leads_to_a_class() -> None:
    for form in forms():
        module, _, name = form.target.partition(":")
        assert isinstance(getattr(import_module(module), name), type)


def test_a_form_whose_package_lacks_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vinee.extractors.forms.find_spec", lambda _: None)

    spacy = next(each for each in forms() if each.name == "spacy:MODEL")

    assert (spacy.ready, spacy.missing) == (False, ("spacy",))


def test_an_entry_point_that_cannot_be_loaded_gives_its_cause(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken_point(monkeypatch)

    with pytest.raises(ExtractorError, match=r"'broken'.*no_such_module_here") as caught:
        resolve("broken")

    assert isinstance(caught.value.__cause__, ModuleNotFoundError)


@pytest.mark.usefixtures("folder")
class TestModuleAndObject:
    @pytest.mark.parametrize("name", ["instance", "Nested.Inner", "RulesExtractor"])
    def test_an_instance_or_a_class_in_the_current_directory(self, name: str) -> None:
        assert isinstance(resolve(f"my_extractors:{name}"), RulesExtractor)

    def test_a_function_is_wrapped_and_named_as_it_was_called_for(self) -> None:
        found = resolve("my_extractors:cities")

        (predicted,) = found.extract([Document("a", text="Hà Nội")])

        assert found.name == "my_extractors:cities"
        assert predicted.mentions is not None
        assert predicted.mentions[0].text == "Hà Nội"

    @pytest.mark.parametrize(
        ("spec", "complaint"),
        [
            ("my_extractors:absent", "AttributeError"),
            ("my_extractors:", "AttributeError"),
            ("no_such_module_here:thing", "ModuleNotFoundError"),
            (":thing", "ValueError"),
            ("my_extractors:NeedsPath", "without arguments"),
            ("my_extractors:NoContract", "must have name, version, claims, trained_on"),
            ("my_extractors:number", "got 7"),
        ],
    )
    def test_what_is_no_extractor_is_refused(self, spec: str, complaint: str) -> None:
        with pytest.raises(ExtractorError) as caught:
            resolve(spec)

        assert complaint in str(caught.value)
        assert spec in str(caught.value)

    def test_a_module_that_fails_gives_its_cause(self, folder: Path) -> None:
        (folder / "my_failing.py").write_text("1 / 0\n", encoding="utf-8")

        with pytest.raises(ExtractorError, match="ZeroDivisionError") as caught:
            resolve("my_failing:thing")

        assert isinstance(caught.value.__cause__, ZeroDivisionError)


def test_a_module_that_exits_when_it_is_imported_is_told(folder: Path) -> None:
    (folder / "my_extractors.py").write_text("import sys\nsys.exit()\n", encoding="utf-8")

    with pytest.raises(ExtractorError, match=r"cannot import .* \(it called sys\.exit\(None\)"):
        resolve("my_extractors:instance")


def test_a_class_that_exits_when_it_is_made_is_told() -> None:
    class Leaving:
        def __init__(self) -> None:
            sys.exit("no GPU")

    with pytest.raises(ExtractorError, match=r"it called sys\.exit\('no GPU'\)"):
        resolve(Leaving)


def test_an_address_of_another_kind_is_told_what_forms_there_are() -> None:
    with pytest.raises(ExtractorError, match=r"'ftp://x' is no address .*module:object, cmd:COMM"):
        resolve("ftp://x")


@pytest.mark.parametrize(
    ("spec", "proposed"), [("sys1.py:f", "sys1:f"), ("a/sys1.py:f", "sys1:f in the folder a")]
)
def test_the_file_of_a_module_is_told_the_module(spec: str, proposed: str) -> None:
    with pytest.raises(ExtractorError, match=f"the module, not its file: {proposed}$"):
        resolve(spec)


def test_our_own_error_on_import_is_not_wrapped(folder: Path) -> None:
    source = "from vinee.extractors.http import HttpExtractor\n"
    source += "mine = HttpExtractor('http://127.0.0.1/', concurrency=0)\n"
    (folder / "my_extractors.py").write_text(source, encoding="utf-8")

    with pytest.raises(ExtractorError, match=r"^concurrency must be at least 1"):
        resolve("my_extractors:mine")


def test_a_file_in_the_current_directory_shadows_nothing_installed(folder: Path) -> None:
    (folder / "vinee.py").write_text("raise RuntimeError\n", encoding="utf-8")

    assert isinstance(resolve("vinee.extractors.rules:RulesExtractor"), RulesExtractor)


def test_an_extractor_passes_through() -> None:
    extractor = RulesExtractor()

    assert resolve(extractor) is extractor


def test_a_class_is_made() -> None:
    assert isinstance(resolve(RulesExtractor), RulesExtractor)


def test_our_own_error_while_a_class_is_made_is_not_wrapped() -> None:
    class NeedsPackage:
        def __init__(self) -> None:
            raise MissingExtraError("absent", "baselines")

    with pytest.raises(MissingExtraError, match="'absent' is not installed"):
        resolve(NeedsPackage)


def test_a_callable_is_wrapped_under_its_own_name() -> None:
    def whole_text(text: str) -> list[tuple[int, int, str]]:
        return [(0, len(text), "GPE")]

    found = resolve(whole_text)

    assert isinstance(found, CallableExtractor)
    assert found.name == "whole_text"


class Claiming:
    """An extractor whose card is whatever a test says."""

    name: Any = "mine"
    version: Any = "1"
    trained_on: Any = "nothing"
    claims: Any = Claims()

    def __init__(self, **card: object) -> None:
        self.__dict__.update(card)

    def extract(self, documents: Sequence[Document]) -> Sequence[Document]:
        return documents


@pytest.mark.parametrize(
    ("claims", "complaint"),
    [
        (None, r"must be vinee\.extractors\.Claims \(got None\); write Claims\("),
        ({"entities": ("PER",)}, r"must be vinee\.extractors\.Claims"),
        (Claims(entities=("PER", "PERSON")), r"claims\.entities .*got 'PERSON'\); claim such"),
        (Claims(entities=("MISC",)), r"got 'MISC'\); .*scheme='coarse'"),
        (Claims(entities=("GPE",), scheme="coarse"), r"got 'GPE'\); .*scheme='fine'"),
        (Claims(entities="PER"), r"must be a tuple of labels \(got 'PER'\)"),  # type: ignore[arg-type]
        (Claims(scheme="weird"), r"one of coarse, fine \(got 'weird'\)"),  # type: ignore[arg-type]
        (Claims(timexes="yes"), r"timexes must be True or False"),  # type: ignore[arg-type]
        (Claims(events=("Foo",)), r"claims\.events .*got 'Foo'"),
        (Claims(roles=("Bar",)), r"claims\.roles .*got 'Bar'"),
    ],
)
def test_claims_that_the_ontology_does_not_know_are_refused(claims: object, complaint: str) -> None:
    with pytest.raises(ExtractorError, match=f"extractor 'mine': .*{complaint}"):
        resolve(Claiming(claims=claims))


@pytest.mark.parametrize(
    ("card", "complaint"),
    [
        ({"name": 5}, "extractor 5: its name must be a str"),
        ({"name": " "}, "its name must be a str"),
        ({"name": "two\nlines"}, "printable"),
        ({"version": None}, "its version must be a str"),
        ({"trained_on": ""}, "its trained_on must be a str"),
    ],
)
def test_a_card_that_is_not_filled_in_is_refused(card: dict[str, object], complaint: str) -> None:
    with pytest.raises(ExtractorError, match=complaint):
        resolve(Claiming(**card))


def test_a_card_that_is_filled_in_passes() -> None:
    extractor = Claiming(claims=Claims(entities=("PER", "MISC"), scheme="coarse"))

    assert resolve(extractor) is extractor


def test_claims_are_nothing_unless_they_are_stated() -> None:
    assert Claims() == Claims((), "fine", timexes=False, events=(), roles=())
