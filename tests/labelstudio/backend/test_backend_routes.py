import logging
from typing import Any

import pytest
from backend_config import configuration
from steered import Steered, articles, asked, client, first_word, rules

from vinee.errors import ExtractorError
from vinee.labelstudio.backend.access import Credentials

JSON = {"Content-Type": "application/json"}
_MISPLACED = (
    b'{"tasks": [{"data": {"text": "Nga", "sentences": [], '
    b'"sections": [{"start": 0, "end": 9, "kind": "body"}]}}]}'
)


@pytest.mark.parametrize("path", ["/", "/health"])
def test_health_names_the_model(path: str) -> None:
    answer = rules().get(path)

    assert answer.status_code == 200
    assert answer.json() == {"status": "UP", "model_class": "rules", "model_version": "rules 1"}


def test_setup_answers_with_the_model_version() -> None:
    told = {
        "project": "3.1795890575",
        "schema": configuration(),
        "hostname": "http://localhost:8080",
        "access_token": "0123456789abcdef",
        "extra_params": None,
    }

    answer = rules().post("/setup", json=told)

    assert (answer.status_code, answer.json()) == (200, {"model_version": "rules 1"})


def test_setup_refuses_a_configuration_without_our_controls() -> None:
    config = '<View><Labels name="label" toName="text"><Label value="PER"/></Labels></View>'

    answer = rules().post("/setup", json={"schema": config})

    assert answer.status_code == 422
    assert "none of the controls" in answer.json()["detail"]


def test_versions_lists_the_one_version() -> None:
    assert rules().get("/versions").json() == {"versions": ["rules 1"]}


def test_webhook_takes_note_of_what_happens() -> None:
    answer = rules().post("/webhook", json={"action": "ANNOTATION_CREATED", "annotation": {}})

    assert answer.status_code == 200


def test_training_is_refused_with_what_to_do_instead() -> None:
    answer = rules().post("/webhook", json={"action": "START_TRAINING", "project": {"id": 1}})

    assert answer.status_code == 501
    assert "--gold" in answer.json()["detail"]


def test_predictions_come_in_the_order_of_the_tasks() -> None:
    texts = [f"{name} gặp ông ở Alaska." for name in ("Putin", "Vance", "Trump", "Rubio")]

    results = client(Steered(first_word)).post("/predict", json={"tasks": asked(*texts)}).json()

    found = [each["result"][0]["value"]["text"] for each in results["results"]]
    assert found == ["Putin", "Vance", "Trump", "Rubio"]


def test_prediction_names_version_and_has_no_score_where_regions_have_none() -> None:
    tasks = asked("Putin gặp ông.")

    (result,) = (
        client(Steered(first_word)).post("/predict", json={"tasks": tasks}).json()["results"]
    )

    assert set(result) == {"result", "model_version"}
    assert result["model_version"] == "steered 7"


def test_real_articles_lose_nothing_to_our_own_configuration() -> None:
    answer = rules().post("/predict", json={"tasks": articles(), "label_config": configuration()})

    assert answer.headers["X-Left-Out"] == "0"
    assert "left_out" not in answer.json()
    assert all(len(each["result"]) > 100 for each in answer.json()["results"])


def test_what_the_configuration_lacks_is_left_out_and_counted(
    caplog: pytest.LogCaptureFixture,
) -> None:
    config = configuration("GPE")

    with caplog.at_level(logging.WARNING):
        answer = rules().post("/predict", json={"tasks": articles()[:1], "label_config": config})

    lost = answer.json()["left_out"]
    (result,) = answer.json()["results"]
    labels = {item["value"]["labels"][0] for item in result["result"] if item["type"] == "labels"}
    assert lost["mention: GPE"] > 0
    assert answer.headers["X-Left-Out"] == str(sum(lost.values()))
    assert "GPE" not in labels
    assert "left out mention: GPE" in caplog.text


def test_project_without_document_ids_is_served_too() -> None:
    tasks = [{"id": 17, "data": {"text": "Putin gặp ông."}}]

    answer = client(Steered(first_word)).post("/predict", json={"tasks": tasks})

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"", 400, "no JSON"),
        (b"{", 400, "no JSON"),
        (b"\xff\xfe", 400, "no JSON"),
        (b'{"tasks": [{"data": {"text": "\\ud800"}}]}', 400, "no JSON"),
        (b'{"tasks": [{"data": {"text": NaN}}]}', 400, "no JSON"),
        (b'{"tasks": [{"data": {"x": ' + b"[" * 100_000, 400, "no JSON"),
        (b"[]", 422, "Expected `object`"),
        (b"{}", 422, "missing required field `tasks`"),
        (b'{"tasks": {}}', 422, "$.tasks"),
        (b'{"tasks": [3]}', 422, "$.tasks[0]"),
        (b'{"tasks": [{"data": []}]}', 422, "$.tasks[0].data"),
        (b'{"tasks": [], "label_config": "<View"}', 422, "no XML"),
        (
            b'{"tasks": [], "label_config": "<!DOCTYPE a [<!ENTITY b \\"c\\">]><View/>"}',
            422,
            "DOCT",
        ),
        (b'{"tasks": [{"id": 4, "data": {}}]}', 422, "task-4"),
        (b'{"tasks": [{"id": 4, "data": {"doc_id": "d", "text": " \\n"}}]}', 422, "d: $.data"),
        (b'{"tasks": [{"id": 4, "data": {"doc_id": "d", "text": 5}}]}', 422, "$.text"),
        (_MISPLACED, 422, "[0, 9)"),
    ],
)
def test_hostile_body_is_refused_in_words(body: bytes, status: int, said: str) -> None:
    answer = client(Steered(first_word)).post("/predict", content=body, headers=JSON)

    assert answer.status_code == status
    assert said in answer.json()["detail"]
    assert "Traceback" not in answer.text


def test_body_over_the_limit_is_refused_whether_its_length_is_told_or_not() -> None:
    small = client(Steered(first_word), most_bytes=1000)
    body = b'{"tasks": [' + b" " * 2000 + b"]}"

    told = small.post("/predict", content=body, headers=JSON)
    untold = small.post("/predict", content=iter([body[:900], body[900:]]), headers=JSON)

    assert (told.status_code, untold.status_code) == (413, 413)
    assert "at most 1000 bytes" in told.json()["detail"]


def test_body_of_another_type_is_refused() -> None:
    answer = rules().post("/predict", content=b"{}", headers={"Content-Type": "text/plain"})

    assert answer.status_code == 415


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/nowhere", 404), ("POST", "/train", 404), ("GET", "/predict", 405), ("PUT", "/", 405),
])  # fmt: skip
def test_unknown_path_or_method_is_told_in_json(method: str, path: str, status: int) -> None:
    answer = rules().request(method, path)

    assert answer.status_code == status
    assert answer.json()["detail"]


def _fails(text: str) -> Any:
    if "hỏng" in text:
        raise ExtractorError("không đọc được: hỏng")
    return first_word(text)


def test_failure_names_the_document() -> None:
    answer = client(Steered(_fails)).post("/predict", json={"tasks": asked("Tệp hỏng")})

    assert answer.status_code == 500
    assert "doc-1" in answer.json()["detail"]
    assert "không đọc được" in answer.json()["detail"]


def test_document_that_fails_leaves_the_others_their_predictions() -> None:
    tasks = asked("Putin đến.", "Tệp hỏng", "Trump đến.")

    answer = client(Steered(_fails)).post("/predict", json={"tasks": tasks})

    first, second, third = answer.json()["results"]
    assert answer.status_code == 200
    assert (len(first["result"]), second, len(third["result"])) == (2, [], 2)
    assert [each["doc_id"] for each in answer.json()["failures"]] == ["doc-2"]


@pytest.mark.parametrize("raised", [ZeroDivisionError("0"), SystemExit(0), RecursionError()])
def test_whatever_an_extractor_raises_is_an_answer(raised: BaseException) -> None:
    def found(_: str) -> Any:
        raise raised

    answer = client(Steered(found)).post("/predict", json={"tasks": asked("Putin đến.")})

    assert answer.status_code == 500
    assert "doc-1" in answer.json()["detail"]


@pytest.mark.parametrize("span", [(0, 99, "PER"), (3, 3, "PER"), (0, 5, "DRAGON")])
def test_what_does_not_fit_the_text_or_the_labels_is_never_sent(span: tuple[int, int, str]) -> None:
    answer = client(Steered(lambda _: [span])).post("/predict", json={"tasks": asked("Putin đến.")})

    assert answer.status_code == 500
    assert "results" not in answer.json()


def test_log_holds_neither_text_nor_key(caplog: pytest.LogCaptureFixture) -> None:
    secret = {"schema": configuration(), "access_token": "0123456789abcdef"}
    with caplog.at_level(logging.DEBUG, logger="vinee"):
        served = client(Steered(_fails))
        served.post("/setup", json=secret)
        served.post("/predict", json={"tasks": asked("Tệp hỏng", "Putin đến.")})

    assert "doc-1" in caplog.text
    assert "hỏng" not in caplog.text
    assert "0123456789abcdef" not in caplog.text


def test_log_says_why_if_asked_to(caplog: pytest.LogCaptureFixture) -> None:
    client(Steered(_fails), verbose=True).post("/predict", json={"tasks": asked("Tệp hỏng")})

    assert "không đọc được" in caplog.text


@pytest.mark.parametrize("path", ["/health", "/setup", "/predict", "/webhook", "/nowhere"])
def test_without_the_password_nothing_is_answered(path: str) -> None:
    served = client(Steered(first_word), required=Credentials("lan", "bí mật"))

    assert served.get(path).status_code == 401
    assert served.get(path, auth=("lan", "secret")).status_code == 401


def test_with_the_password_all_is_as_without() -> None:
    served = client(Steered(first_word), required=Credentials("lan", "secret"))

    assert served.get("/health", auth=("lan", "secret")).status_code == 200
