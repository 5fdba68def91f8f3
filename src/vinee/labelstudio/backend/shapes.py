"""The JSON between a Label Studio server and a backend; other keys are passed over."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET, Struct, UnsetType, field


class AskedTask(Struct):
    """A task as a server sends it."""

    id: int | str | None = None
    data: dict[str, Any] = {}


class PredictRequest(Struct):
    """What ``/predict`` is asked; without a configuration nothing is known of the controls."""

    tasks: tuple[AskedTask, ...]
    label_config: str | None = None


class SetupRequest(Struct):
    """What ``/setup`` is told. The server's access token, also sent, is not read."""

    config: str | None = field(default=None, name="schema")


class WebhookRequest(Struct):
    """What happened in a project."""

    action: str = ""


class Prediction(Struct):
    """What was found in one task."""

    result: list[dict[str, Any]]
    model_version: str
    score: float | UnsetType = UNSET


class Failure(Struct):
    """Why a task has no prediction."""

    task: int | str | None
    doc_id: str
    detail: str


class PredictAnswer(Struct, omit_defaults=True):
    """What ``/predict`` answers.

    Attributes:
        results: One for each task, in their order; an empty list where there is no prediction,
            which a server takes for none.
        failures: Why some tasks have none.
        left_out: How many items each label lost that the configuration does not have.
    """

    results: list[Prediction | list[Prediction]]
    failures: list[Failure] = []
    left_out: dict[str, int] = {}
