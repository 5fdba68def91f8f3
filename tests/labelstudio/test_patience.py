"""How long a push waits, and for what."""

from __future__ import annotations

import httpx
import pytest
from label_studio_sdk.core.api_error import ApiError

from vinee.errors import ServerError
from vinee.labelstudio.patience import Patience

DONE = "3 of 9 have arrived"


@pytest.fixture
def slept(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long was slept, on a clock that moves by that alone."""
    seconds: list[float] = []
    monkeypatch.setattr("vinee.labelstudio.patience.time.sleep", seconds.append)
    monkeypatch.setattr("vinee.labelstudio.patience.time.monotonic", lambda: sum(seconds))
    return seconds


def caused_by(cause: Exception) -> ServerError:
    error = ServerError("it did not work")
    error.__cause__ = cause
    return error


def wait_on(patience: Patience, cause: Exception) -> None:
    """Fail in the same way again and again."""
    for _ in range(99):
        patience.wait(caused_by(cause), DONE)


def test_a_server_that_is_away_is_waited_for_longer_and_longer(slept: list[float]) -> None:
    patience = Patience(60)

    with pytest.raises(ServerError, match="3 of 9 have arrived; the same command goes on"):
        wait_on(patience, httpx.ConnectError("refused"))

    assert slept[:6] == [0.5, 1, 2, 4, 8, 10]
    assert 40 < sum(slept) <= 60


def test_after_a_success_the_time_counts_anew(slept: list[float]) -> None:
    patience = Patience(10)

    for _ in range(20):
        patience.wait(caused_by(httpx.ReadError("cut off")), DONE)
        patience.wait(caused_by(httpx.ReadTimeout("slow")), DONE)
        patience.succeeded()

    assert slept == [0.5, 1] * 20


def test_a_server_that_fails_is_asked_three_times_again(slept: list[float]) -> None:
    patience = Patience(1000)

    with pytest.raises(ServerError, match="have arrived"):
        wait_on(patience, ApiError(status_code=500, body="no"))

    assert len(slept) == 3


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_a_refusal_is_not_waited_for(slept: list[float], status: int) -> None:
    with pytest.raises(ServerError, match="have arrived"):
        Patience(1000).wait(caused_by(ApiError(status_code=status, body="no")), DONE)

    assert slept == []


@pytest.mark.parametrize("status", [429, 502, 503, 504])
def test_a_gateway_whose_server_is_away_is_waited_for(slept: list[float], status: int) -> None:
    said: list[str] = []
    patience = Patience(1000, said.append)

    for _ in range(9):
        patience.wait(caused_by(ApiError(status_code=status, body="no")), DONE)

    assert len(slept) == 9
    assert said[0] == "it did not work; trying again in 0.5 s"
