from typing import Any

import pytest
from backend_config import configuration
from steered import articles, rules

from vinee.corpus import gold
from vinee.errors import InvalidError
from vinee.formats.label_studio import task
from vinee.labelstudio.backend.fitting import fitting, with_ours


def regions(items: list[Any], control: str) -> list[Any]:
    return [item for item in items if item["type"] == "labels" and item["from_name"] == control]


def result(number: int) -> list[Any]:
    """Gold of an article, which has all that a configuration must have."""
    (annotation,) = task(gold.documents()[number])["annotations"]
    return list(annotation["result"])


@pytest.mark.parametrize("number", range(5))
def test_our_configuration_has_a_place_for_all_gold(number: int) -> None:
    items = result(number)

    kept, gone = fitting(items, with_ours(configuration()))

    assert (kept, dict(gone)) == (items, {})


@pytest.mark.parametrize(
    "lost", ["GPE", "PER", "EXTENT", "SPAN", "DATE", "Contact.Meet", "NAM", "ACTUAL"]
)
def test_what_is_left_is_whole(lost: str) -> None:
    kept, gone = fitting(result(0), with_ours(configuration(lost)))

    ids = {item["id"] for item in kept if item["type"] == "labels"}
    tied = {item["to_id"] for item in kept if item["type"] == "relation"}
    ends = {item[end] for item in kept for end in ("from_id", "to_id") if end in item}
    hanging = {item["id"] for item in kept if item["type"] != "relation"}
    loose = {each["id"] for each in regions(kept, "extent") + regions(kept, "span")} - tied
    assert ends <= ids
    assert hanging == ids
    assert not loose
    assert all(key.endswith(f": {lost}") for key in gone)


def test_without_relations_extents_and_fillers_go_too() -> None:
    kept, gone = fitting(result(0), with_ours(configuration(relations=False)))

    assert not regions(kept, "extent")
    assert not regions(kept, "span")
    assert regions(kept, "mention") == regions(result(0), "mention")
    assert gone["relation: extent"] > 0


def test_what_is_left_satisfies_the_servers_own_check() -> None:
    from label_studio_sdk.label_interface.interface import LabelInterface

    config = configuration("GPE", "NAM", "Contact.Meet")
    answer = rules().post("/predict", json={"tasks": articles(), "label_config": config}).json()
    interface: Any = LabelInterface(config)

    for prediction in answer["results"]:
        assert interface.validate_prediction(prediction, return_errors=True) == []


@pytest.mark.parametrize("harmless", ["<!-- a comment -->", "<Style><![CDATA[a > b {}]]></Style>"])
def test_comment_is_no_declaration(harmless: str) -> None:
    config = configuration().replace("<View>", f"<View>{harmless}", 1)

    assert with_ours(config) == with_ours(configuration())


@pytest.mark.parametrize(
    ("config", "code"),
    [
        ("", "config-xml"),
        ("<View>", "config-xml"),
        ("<View/>", "config-controls"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><View>&b;</View>', "config-xml"),
        (
            '<View><Labels name="mention" toName="other"><Label value="PER"/></Labels></View>',
            "config-controls",
        ),
    ],
)
def test_configuration_that_is_none_is_told(config: str, code: str) -> None:
    with pytest.raises(InvalidError) as raised:
        with_ours(config)

    assert raised.value.code == code
