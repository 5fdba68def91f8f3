from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

from hostile_ontology import hostile, with_entity
from msgspec.structs import replace

from vinee.formats.label_studio import controls
from vinee.labelstudio.config import labeling_config
from vinee.labelstudio.config.attributes import SHORTCUTS
from vinee.labelstudio.config.hotkeys import AUTOMATIC, FILTER, RESERVED, hotkeys
from vinee.labelstudio.config.labels import choices
from vinee.ontology import Ontology, default

ONTOLOGY = default()
KEYS = {(label.control, label.value): key for label, key in hotkeys(ONTOLOGY).items()}


def written(ontology: Ontology) -> list[str]:
    root = ET.fromstring(labeling_config(ontology))  # noqa: S314
    return [each.attrib["hotkey"] for each in root.iter() if "hotkey" in each.attrib]


def without_events(count: int) -> Ontology:
    return replace(ONTOLOGY, events=ONTOLOGY.events[:count])


def test_entity_types_have_the_digits_in_the_order_of_the_ontology() -> None:
    keys = [KEYS[controls.MENTION, name] for name in ONTOLOGY.fine_labels]

    assert keys == ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
    assert KEYS[controls.EXTENT, "EXTENT"] == "0"


def test_what_is_chosen_for_every_region_has_one_key_without_shift() -> None:
    chosen = [each for each in choices(ONTOLOGY) if each.control != controls.TIMEX_MOD]
    once = [(each.control, each.value) for each in chosen]
    once += [(controls.SPAN, "SPAN"), *((controls.TIMEX, name) for name in ONTOLOGY.timexes)]

    assert all(len(KEYS[each]) == 1 for each in once)


def test_keys_are_letters_of_the_name_where_they_can_be() -> None:
    assert KEYS[controls.REALIS, "ACTUAL"] == "a"
    assert KEYS[controls.SPAN, "SPAN"] == "s"
    assert KEYS[controls.TIMEX, "DATE"] == "d"
    assert KEYS[controls.TRIGGER, "Speech.Statement"] == "shift+s"
    assert KEYS[controls.TRIGGER, "Contact.Meet"] == "shift+m"


def test_no_key_is_given_twice() -> None:
    counts = Counter(written(ONTOLOGY))

    assert max(counts.values()) == 1
    assert len(counts) == len(KEYS) + 1 + sum(map(len, SHORTCUTS.values()))


def test_no_key_is_the_editors_own() -> None:
    assert not RESERVED & set(written(ONTOLOGY))


def test_nothing_is_left_for_the_editor_to_give_by_itself() -> None:
    assert set(AUTOMATIC) <= {FILTER, *KEYS.values()}


def test_a_shortcut_into_a_field_is_no_key_that_types_a_letter() -> None:
    assert all(key.startswith("alt+") for keys in SHORTCUTS.values() for key in keys.values())


def test_a_tenth_entity_type_gets_a_letter() -> None:
    keys = {label.value: key for label, key in hotkeys(with_entity("LAW")).items()}

    assert keys["LAW"] in {
        *AUTOMATIC,
        *(f"shift+{letter}" for letter in "abcdefghijklmnopqstuvwxyz"),
    }
    assert keys["EXTENT"] == "0"


def test_any_ontology_has_unique_keys() -> None:
    for ontology in (hostile(), without_events(1), with_entity("LAW")):
        keys = written(ontology)
        assert len(set(keys)) == len(keys)
        assert not RESERVED & set(keys)


def test_keys_are_the_same_each_time() -> None:
    assert hotkeys(default()) == hotkeys(default())
