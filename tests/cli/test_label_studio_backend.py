"""``vinee label-studio backend`` as a process, without a server."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

COMMAND = (sys.executable, "-c", "from vinee.cli import main; main()", "label-studio", "backend")
TASK = {"id": 1, "data": {"doc_id": "d", "text": "Ông Putin gặp ông Trump ở Alaska."}}
HANGS = """
import time

def hangs(text):
    time.sleep(3600)

def prints(text):
    print("noise on standard output")
    return [(4, 9, "PER")]
"""


def environment(**added: str) -> dict[str, str]:
    names = ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY", "VINEE_BACKEND_USER")
    return {**{k: v for k, v in os.environ.items() if k not in names}, **added}


@contextmanager
def backend(folder: Path, *arguments: str, **added: str) -> Iterator[tuple[Any, Any]]:
    """Start the command; give what it told as JSON, and its process."""
    (folder / "mine.py").write_text(HANGS, encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, *arguments, "--port", "0", "--json"],
        cwd=folder,
        env=environment(**added),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline()), process
        finally:
            process.kill()


def refused(*arguments: str, **added: str) -> str:
    done = subprocess.run(
        [*COMMAND, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env=environment(**added),
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_a_signal_and_ends_without_an_error(tmp_path: Path, number: int) -> None:
    with backend(tmp_path, "rules") as (told, process):
        answer = httpx.post(f"{told['address']}/predict", json={"tasks": [TASK]}, timeout=30)
        process.send_signal(number)
        output, errors = process.communicate(timeout=30)

    assert answer.json()["results"][0]["model_version"] == told["model_version"] == "rules 1"
    assert process.returncode == 0
    assert output == b""
    assert b"stopped" in errors
    assert b"Putin" not in errors


def test_it_ends_though_the_extractor_hangs(tmp_path: Path) -> None:
    with backend(tmp_path, "mine:hangs", "--timeout", "0.5") as (told, process):
        answer = httpx.post(f"{told['address']}/predict", json={"tasks": [TASK]}, timeout=30)
        healthy = httpx.get(f"{told['address']}/health", timeout=5)
        process.terminate()
        process.communicate(timeout=30)

    assert (answer.status_code, healthy.status_code, process.returncode) == (503, 200, 0)


def test_what_an_extractor_prints_does_not_get_into_the_json(tmp_path: Path) -> None:
    with backend(tmp_path, "mine:prints") as (told, process):
        httpx.post(f"{told['address']}/predict", json={"tasks": [TASK]}, timeout=30)
        process.terminate()
        output, errors = process.communicate(timeout=30)

    assert output == b""
    assert b"noise" in errors


def test_map_renames_labels_and_shows_in_the_version(tmp_path: Path) -> None:
    with backend(tmp_path, "rules", "--map", "PER=ORG") as (told, _):
        answer = httpx.post(f"{told['address']}/predict", json={"tasks": [TASK]}, timeout=30)

    items = answer.json()["results"][0]["result"]
    labels = {item["value"]["labels"][0] for item in items if item["type"] == "labels"}
    assert "ORG" in labels
    assert "PER" not in labels
    assert told["model_version"].startswith("rules 1, map ")


def test_extractor_that_learns_is_fitted_on_the_gold_at_the_start(tmp_path: Path) -> None:
    pytest.importorskip("pycrfsuite", reason="python-crfsuite is in the extra baselines")
    with backend(tmp_path, "crf") as (told, _):
        answer = httpx.post(f"{told['address']}/predict", json={"tasks": [TASK]}, timeout=60)

    assert answer.json()["results"][0]["result"]
    assert ", gold " in told["model_version"]


def test_password_is_asked_for_and_not_told(tmp_path: Path) -> None:
    known = {"VINEE_BACKEND_USER": "lan", "VINEE_BACKEND_PASSWORD": "secret-word"}
    with backend(tmp_path, "rules", "--host", "0.0.0.0", **known) as (told, process):  # noqa: S104 - what is tested
        address = told["address"].replace("0.0.0.0", "127.0.0.1")  # noqa: S104 - the same
        without = httpx.get(f"{address}/health")
        with_it = httpx.get(f"{address}/health", auth=("lan", "secret-word"))
        process.terminate()
        _, errors = process.communicate(timeout=30)

    assert (without.status_code, with_it.status_code) == (401, 200)
    assert b"warning: others than this machine" in errors
    assert b"secret-word" not in errors


def test_other_machines_are_let_in_only_with_a_password() -> None:
    assert "VINEE_BACKEND_PASSWORD" in refused("rules", "--host", "0.0.0.0")  # noqa: S104 - what is tested


def test_half_of_the_credentials_is_refused() -> None:
    assert "set both" in refused("rules", VINEE_BACKEND_USER="lan")


def test_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        said = refused("rules", "--port", port)

    assert f"port {port} of 127.0.0.1 is taken" in said
    assert "--port 0" in said


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("dragon",), "unknown extractor 'dragon'"),
        (("rules", "--map", "PER=DRAGON"), "DRAGON"),
        (("rules", "--gold", "gold.jsonl"), "does not learn from gold"),
        (("rules", "--retrieve"), "give --project"),
        (("rules", "--project", "news"), "LABEL_STUDIO_URL"),
        (("rules", "--host", "203.0.113.9"), "VINEE_BACKEND_PASSWORD"),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_served(
    arguments: tuple[str, ...], said: str
) -> None:
    assert said in refused(*arguments)
