from __future__ import annotations

from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from vinee import ontology
from vinee.errors import ExtractorError
from vinee.extractors import resolve
from vinee.extractors.llm import LlmExtractor, prompts
from vinee.extractors.llm.schema import asked_entities, example, schema
from vinee.extractors.llm.settings import Language, Settings
from vinee.extractors.llm.spec import Keywords

LABELS = ontology.default()
URL = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize("language", get_args(Language))
def test_every_label_role_and_value_is_explained(language: Language) -> None:
    said = prompts.system(Settings(language=language))

    for entity in LABELS.entities:
        assert f"- {entity.name} ({entity.vi}): {entity.definition}" in said
    for event in LABELS.events:
        assert f"- {event.name} ({event.vi}): {event.definition}" in said
        for name, role in event.roles.items():
            assert f"{name} [{', '.join(role.fillers)}] {role.definition}" in said
    for glosses in (LABELS.levels, LABELS.timexes, LABELS.timex_mods, LABELS.realis):
        assert all(f"- {name} (" in said for name in glosses)
    assert "bà [Nguyễn Thị Bình]" in said
    assert "(a city is GPE)" in said


def test_only_what_is_asked_for_is_explained() -> None:
    said = prompts.system(Settings(layers=("timexes",)))

    assert "DURATION" in said
    assert "GPE" not in said
    assert "Contact.Meet" not in said


def test_named_events_are_not_asked_for_among_pronouns() -> None:
    settings = Settings(levels=("PRO",))

    assert "EVT" not in asked_entities(settings, LABELS)
    assert "- EVT" not in prompts.system(settings)


def test_the_languages_say_different_things() -> None:
    english, vietnamese = (prompts.system(Settings(language=each)) for each in ("en", "vi"))

    assert "Copy each string" in english
    assert "Chép mỗi chuỗi" in vietnamese
    assert "Copy each string" not in vietnamese


def fits(thing: Any, wanted: dict[str, Any]) -> bool:
    """Tell whether a thing is of a schema, of those keywords that ours use."""
    if "enum" in wanted:
        return thing in wanted["enum"] or thing == "…"
    if wanted["type"] == "object":
        fields = wanted["properties"]
        assert wanted["required"] == list(fields)
        assert wanted["additionalProperties"] is False
        return thing.keys() == fields.keys() and all(fits(thing[k], v) for k, v in fields.items())
    if wanted["type"] == "array":
        return all(fits(each, wanted["items"]) for each in thing)
    return isinstance(thing, str) or (thing is None and "null" in wanted["type"])


@pytest.mark.parametrize("settings", [Settings(), Settings(levels=("NAM",), layers=("mentions",))])
def test_the_example_is_of_the_schema(settings: Settings) -> None:
    assert fits(example(settings), schema(settings))


def test_the_schema_holds_the_labels_of_the_ontology() -> None:
    event = schema(Settings())["properties"]["events"]["items"]["properties"]

    assert tuple(event["type"]["enum"]) == LABELS.event_labels
    assert tuple(event["arguments"]["items"]["properties"]["role"]["enum"]) == LABELS.role_labels


def test_settings_come_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        f"model: tiny\nurl: {URL}\nlayers: [mentions]\nlevels: [NAM]\nprice: [0.15, 0.6]\n"
        "options: {max_tokens: 99}\nshots: 3\n",
        encoding="utf-8",
    )

    found = resolve(f"llm:{path}")

    assert isinstance(found, LlmExtractor)
    assert found.layers == ("mentions",)
    assert found.price == (0.15, 0.6)
    assert found.options == {"max_tokens": 99}
    assert found.shots == 3


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("url: http://127.0.0.1:9/v1", "names no model"),
        ("- tiny", "settings must be of model, url"),
        ("model: tiny\napi_key: x", "got \\['api_key'\\]"),
        ("model: tiny\nshots: many", "Expected `int`"),
        ("model: tiny\nunit: page", "Invalid enum value"),
        ("model: [", "cannot be read"),
        ("model: !!python/object/apply:os.getcwd []", "cannot be read"),
    ],
)
def test_a_file_that_holds_something_else_is_named(
    tmp_path: Path, content: str, message: str
) -> None:
    path = tmp_path / "mine.yml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(ExtractorError, match=f"mine.yml.*{message}"):
        resolve(f"llm:{path}")


def test_a_missing_file_and_a_missing_name_are_named(tmp_path: Path) -> None:
    with pytest.raises(ExtractorError, match=r"none.yaml.*cannot be read"):
        resolve(f"llm:{tmp_path / 'none.yaml'}")
    with pytest.raises(ExtractorError, match="name a model"):
        resolve("llm:")


def test_a_file_may_hold_every_parameter() -> None:
    fields = {name for name in LlmExtractor.__dataclass_fields__ if name != "_"}

    assert fields == set(Keywords.__annotations__)
    assert get_type_hints(Keywords)["model"] is str
