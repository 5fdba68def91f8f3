"""Whether a labeling configuration is one, and has the controls that the format needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from vinee.errors import InvalidError, MissingExtraError, Where, one_line
from vinee.formats.label_studio import controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from label_studio_sdk.label_interface.interface import LabelInterface

_LABELS, _CHOICES, _TEXTS = "Labels", "Choices", "TextArea"
_TAGS = {
    **dict.fromkeys(controls.LABELS, _LABELS),
    **{name: _CHOICES if name in controls.CHOICES else _TEXTS for name in controls.ATTRIBUTES},
}


def check_config(xml: str) -> LabelInterface:
    """Check a configuration, ours or a project's own, and give what the SDK makes of it.

    Raises:
        MissingExtraError: The SDK is not installed.
        InvalidError: It is no labeling configuration, or lacks a control, or has another kind of
            control by that name, or does not let a relation have several labels.
    """
    try:
        from label_studio_sdk._legacy.exceptions import (
            LabelStudioValidationErrorSentryIgnored,
            LabelStudioXMLSyntaxErrorSentryIgnored,
        )
        from label_studio_sdk.label_interface.interface import LabelInterface
    except ImportError as error:
        raise MissingExtraError("label-studio-sdk", "label-studio") from error
    try:
        interface: Any = LabelInterface(xml)
        interface.validate()
    except (
        LabelStudioValidationErrorSentryIgnored,
        LabelStudioXMLSyntaxErrorSentryIgnored,
        # Not of XML, but of what is XML all the same: one without any control, or with an encoding.
        KeyError,
        ValueError,
    ) as error:
        raise _invalid(f"is no labeling configuration ({one_line(str(error))})") from error
    problems = [*_controls(interface), *_relations(xml)]
    if problems:
        raise _invalid(f"does not fit: {'; '.join(problems)}")
    checked: LabelInterface = interface
    return checked


def _controls(interface: LabelInterface) -> Iterator[str]:
    known = {control.name: control for control in interface.controls}
    if controls.TEXT not in {each.name for each in interface.objects}:
        yield f"it has no Text {controls.TEXT!r}"
    for name, tag in sorted(_TAGS.items()):
        control = known.get(name)
        if control is None:
            yield f"it has no {tag} {name!r}"
        elif control.tag != tag:
            yield f"{name!r} must be {tag}, and is {control.tag}"
        elif control.to_name != [controls.TEXT]:
            yield f"{name!r} must be for {controls.TEXT!r}, and is for {control.to_name}"


def _relations(xml: str) -> Iterator[str]:
    # The SDK has parsed it already, but keeps what it made of this tag to itself.
    relations = ET.fromstring(xml).find(".//Relations")  # noqa: S314
    if relations is None:
        yield "it has no Relations"
    elif relations.get("choice", "multiple") != "multiple":
        yield 'its Relations must have choice="multiple", for a filler may have two roles'


def _invalid(problem: str) -> InvalidError:
    remedy = "take the one that `vinee label-studio config` prints"
    return InvalidError("label-config", Where(), f"the configuration {problem}; {remedy}")
