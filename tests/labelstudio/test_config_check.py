from __future__ import annotations

import pytest

from vinee.errors import InvalidError
from vinee.formats.label_studio import controls
from vinee.labelstudio.config import check_config, labeling_config
from vinee.ontology import default

pytest.importorskip("label_studio_sdk", reason="the SDK is in the extra `label-studio`")

XML = labeling_config(default())
FOREIGN = (
    '<View><Text name="text" value="$text"/>'
    '<Labels name="label" toName="text"><Label value="PER"/></Labels></View>'
)


def test_our_configuration_fits() -> None:
    interface = check_config(XML)

    names = {control.name for control in interface.controls}
    assert names == {*controls.LABELS, *controls.ATTRIBUTES}


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no XML",
        "<View>",
        '<?xml version="1.0" encoding="utf-8"?><View/>',
        '<View><Labels name="mention" toName="nothing"><Label value="PER"/></Labels></View>',
        XML.replace('name="span"', 'name="mention"'),
    ],
)
def test_what_is_no_configuration_is_refused(xml: str) -> None:
    with pytest.raises(InvalidError, match="is no labeling configuration") as caught:
        check_config(xml)

    assert caught.value.code == "label-config"
    assert "vinee label-studio config" in str(caught.value)


def test_the_controls_that_a_foreign_configuration_lacks_are_named() -> None:
    with pytest.raises(InvalidError, match="does not fit") as caught:
        check_config(FOREIGN)

    for name in (
        "no Labels 'mention'",
        "no Choices 'level'",
        "no TextArea 'chain'",
        "no Relations",
    ):
        assert name in str(caught.value)


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        ('<Text name="text"', '<Text name="article"', "no Text 'text'"),
        ('<Relations choice="multiple">', '<Relations choice="single">', "choice="),
        ('<TextArea name="chain"', '<Rating name="chain"', "must be TextArea, and is Rating"),
    ],
)
def test_a_control_of_another_kind_is_named(ours: str, theirs: str, said: str) -> None:
    changed = XML.replace(ours, theirs)
    if "article" in theirs:
        changed = changed.replace('toName="text"', 'toName="article"')
    with pytest.raises(InvalidError, match="does not fit") as caught:
        check_config(changed)

    assert said in str(caught.value)


def test_relations_take_several_labels_if_nothing_is_said() -> None:
    check_config(XML.replace('<Relations choice="multiple">', "<Relations>"))
