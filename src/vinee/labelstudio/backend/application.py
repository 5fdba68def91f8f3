"""The routes of a backend, as an ASGI application."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import msgspec

from vinee.errors import InputError, MissingExtraError, printable
from vinee.labelstudio.backend.access import BasicAuthentication
from vinee.labelstudio.backend.bodies import RefusedError, decoded
from vinee.labelstudio.backend.fitting import with_ours
from vinee.labelstudio.backend.once import Once
from vinee.labelstudio.backend.predicting import LATE, UNFIT, Predicting
from vinee.labelstudio.backend.shapes import (
    PredictAnswer,
    PredictRequest,
    SetupRequest,
    WebhookRequest,
)
from vinee.labelstudio.backend.worker import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.applications import Starlette
    from starlette.exceptions import HTTPException
    from starlette.requests import Request
    from starlette.responses import Response

    from vinee.labelstudio.backend.access import Credentials
    from vinee.labelstudio.backend.model import Model
    from vinee.labelstudio.backend.once import Key
    from vinee.labelstudio.backend.predicting import Predicted
    from vinee.labelstudio.offered import Offered

MOST_BYTES = 16 * 1024 * 1024
# A server gives up after 100 seconds (ML_TIMEOUT_PREDICT), and what comes later is lost.
SECONDS = 90.0
_NOT_IMPLEMENTED = 501
_LOG = logging.getLogger(__name__)


def application(  # noqa: PLR0913 - limits of one thing
    model: Model,
    *,
    worker: Worker | None = None,
    most_bytes: int = MOST_BYTES,
    seconds: float = SECONDS,
    required: Credentials | None = None,
    verbose: bool = False,
) -> Starlette:
    """Make a backend of an extractor.

    Args:
        model: The extractor.
        worker: The thread that it works in; a new one if not given.
        most_bytes: Most bytes of a request.
        seconds: Most seconds for a request; what is not done by then is left out of the answer.
        required: What a request must prove; nothing if not given.
        verbose: Whether the log says in full why a document has no prediction, which may quote
            it. Answers always say so.

    Raises:
        MissingExtraError: Starlette is not installed.
    """
    try:
        from starlette.applications import Starlette
        from starlette.exceptions import HTTPException
        from starlette.middleware import Middleware
        from starlette.routing import Route
    except ImportError as error:
        raise MissingExtraError("starlette", "label-studio") from error

    routes = _Routes(Predicting(model, worker or Worker(), seconds), most_bytes, verbose=verbose)
    guards = [] if required is None else [Middleware(BasicAuthentication, required=required)]
    handlers: dict[Any, Any] = {
        HTTPException: _of_http,
        RefusedError: _of_refusal,
        Exception: _of_defect,
    }
    return Starlette(
        routes=[
            Route("/", routes.health, methods=["GET"]),
            Route("/health", routes.health, methods=["GET"]),
            Route("/setup", routes.setup, methods=["POST"]),
            Route("/predict", routes.predict, methods=["POST"]),
            Route("/versions", routes.versions, methods=["GET"]),
            Route("/webhook", routes.webhook, methods=["POST"]),
        ],
        middleware=guards,
        exception_handlers=handlers,
    )


class _Routes:
    def __init__(self, predicting: Predicting, most_bytes: int, *, verbose: bool) -> None:
        self._predicting = predicting
        self._version = predicting.model.version
        self._most_bytes = most_bytes
        self._verbose = verbose
        self._once = Once()

    async def health(self, _: Request) -> Response:
        extractor = self._predicting.model.extractor.name
        return _json({"status": "UP", "model_class": extractor, "model_version": self._version})

    async def setup(self, request: Request) -> Response:
        asked = await decoded(request, SetupRequest, self._most_bytes)
        _offered(asked.config)
        return _json({"model_version": self._version})

    async def versions(self, _: Request) -> Response:
        return _json({"versions": [self._version]})

    async def webhook(self, request: Request) -> Response:
        told = await decoded(request, WebhookRequest, self._most_bytes)
        if told.action == "START_TRAINING":
            raise RefusedError(
                _NOT_IMPLEMENTED,
                "this backend does not learn from a project; pull the annotations, and start it "
                "again with --gold",
            )
        return _json({"detail": "noted; nothing is learnt from it"})

    async def predict(self, request: Request) -> Response:
        asked = await decoded(request, PredictRequest, self._most_bytes)
        known = _offered(asked.label_config)
        key = _stored_as(asked)
        if key is not None and not await self._once.is_first(key):
            _LOG.info("a task that was asked for twice at once was answered once")
            return _json(PredictAnswer([[]]))
        is_answered = False
        try:
            predicted = await self._predicting.predict(asked.tasks, known, request.is_disconnected)
            is_answered = any(predicted.answer.results)
        finally:
            if key is not None:
                self._once.done(key, answered=is_answered)
        self._log(len(asked.tasks), predicted)
        if predicted.all_failed:
            return _failed(predicted)
        lost = sum(predicted.answer.left_out.values())
        return _json(predicted.answer, headers={"X-Left-Out": str(lost)})

    def _log(self, tasks: int, predicted: Predicted) -> None:
        answer = predicted.answer
        found = len(answer.results) - len(predicted.troubles)
        _LOG.info("predictions for %d of %d tasks", found, tasks)
        if len(answer.results) < tasks:
            _LOG.warning("whoever asked went away; %d tasks left", tasks - len(answer.results))
        for label, count in answer.left_out.items():
            text = "left out %s: the project's configuration does not have it (%d items)"
            _LOG.warning(text, printable(label), count)
        late = sum(each.status == LATE for each in predicted.troubles)
        if late:
            _LOG.warning("not done in time: %d tasks; who asks again gets more", late)
        for trouble in predicted.troubles:
            if trouble.status == LATE:
                continue
            why = trouble.failure.detail if self._verbose else trouble.kind
            _LOG.error("no prediction for %s: %s", trouble.failure.doc_id, printable(why))


def _stored_as(asked: PredictRequest) -> Key | None:
    """Name the task whose prediction a server will store, if it asks for that of a single one."""
    is_interactive = asked.params is not None and asked.params.context is not None
    if len(asked.tasks) != 1 or is_interactive or asked.project is None:
        return None
    id_ = asked.tasks[0].id
    return None if id_ is None else (asked.project, id_)


def _offered(config: str | None) -> Offered | None:
    if config is None:
        return None
    try:
        return with_ours(config)
    except InputError as error:
        raise RefusedError(UNFIT, str(error)) from error


def _failed(predicted: Predicted) -> Response:
    first = predicted.troubles[0]
    content = {"detail": first.failure.detail, "failures": predicted.answer.failures}
    return _json(content, first.status)


def _json(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    from starlette.responses import Response

    body = msgspec.json.encode(content)
    return Response(body, status, headers=headers, media_type="application/json")


async def _of_http(_: Request, error: HTTPException) -> Response:
    return _json({"detail": error.detail}, error.status_code, error.headers)


async def _of_refusal(_: Request, error: RefusedError) -> Response:
    _LOG.warning("refused a request with %d", error.status)
    return _json({"detail": error.detail}, error.status)


async def _of_defect(_: Request, error: Exception) -> Response:
    detail = f"the backend has a defect ({type(error).__name__}); its log has more"
    return _json({"detail": detail}, 500)
