from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from small_gold import VISIT, gold

from vinee.bench import result, scoring
from vinee.bench.claims import SystemClaims
from vinee.bench.result import Result, System
from vinee.errors import InvalidError, MalformedError, SchemaError

if TYPE_CHECKING:
    from pathlib import Path

SYSTEM = System("some", "2", "nothing", claims=SystemClaims(entities=("PER",)))


def scored(task: str = "ner") -> Result:
    return scoring.score(gold()[:2], task, gold=gold(), system=SYSTEM)


def test_a_result_is_read_back(tmp_path: Path) -> None:
    result.write(tmp_path / "some.ner.json", scored())

    assert result.read(tmp_path / "some.ner.json") == scored()


def test_a_stored_result_names_its_schema_and_sorts_its_keys() -> None:
    stored = json.loads(result.encode(scored()))

    assert stored["schema"] == "vinee.result/2"
    assert list(stored) == sorted(stored)


def test_a_stored_result_ends_its_last_line() -> None:
    assert result.encode(scored()).endswith(b"\n}\n")


def test_rows_of_counts_stand_on_one_line() -> None:
    stored = result.encode(scored()).decode()
    table = json.loads(stored)["metrics"][0]["all"]["counts"]["table"]

    assert f"[{', '.join(map(str, table[0][0]))}]" in stored


@pytest.mark.parametrize("word", ["seconds", "timestamp", "host", "date", "platform", "path"])
def test_a_result_says_nothing_of_when_and_where(word: str) -> None:
    assert f'"{word}' not in result.encode(scored()).decode()


def test_pandas_gives_a_row_for_each_score() -> None:
    frame = scored().to_pandas()

    micro = frame[
        (frame.metric == "ner.strict") & (frame.scope == "all") & (frame.label == "micro")
    ]
    assert micro[["correct", "predicted", "support"]].to_numpy().tolist() == [[5, 5, 6]]
    assert set(frame.scope) == {"all", "claimed"}
    assert set(frame.label) == {"micro", "macro", "PER", "LOC", "ORG", "MISC", "span"}


def test_pandas_gives_the_same_columns_where_nothing_was_scored() -> None:
    skipped = replace(scored(), metrics=())

    frame = skipped.to_pandas()

    assert len(frame) == 0
    assert list(frame.columns) == list(scored().to_pandas().columns)


def test_another_version_of_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.json"
    path.write_bytes(result.encode(scored()).replace(b"vinee.result/2", b"vinee.result/0"))

    with pytest.raises(SchemaError, match=r"old\.json.*vinee\.result/0"):
        result.read(path)


def test_a_file_that_was_cut_off_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "half.json"
    path.write_bytes(result.encode(scored())[:100])

    with pytest.raises(MalformedError, match=r"half\.json"):
        result.read(path)


def forged(path: Path, **changed: object) -> None:
    """Store a result whose micro scores somebody changed by hand."""
    stored = json.loads(result.encode(scored()))
    stored["metrics"][0]["all"]["micro"] |= changed
    path.write_text(json.dumps(stored))


def test_a_score_that_contradicts_its_counts_is_refused_with_both_values(tmp_path: Path) -> None:
    forged(tmp_path / "forged.json", f1=0.999)

    told = r"forged\.json.*ner\.strict, all labels: micro f1 is 0\.999.* counts beside it give 0\.9"
    with pytest.raises(InvalidError, match=told):
        result.read(tmp_path / "forged.json")


def test_a_score_that_is_not_defined_is_none_that_was_forgotten(tmp_path: Path) -> None:
    forged(tmp_path / "forged.json", f1=None)

    with pytest.raises(InvalidError, match="micro f1 is None"):
        result.read(tmp_path / "forged.json")


def test_a_label_without_a_score_is_told(tmp_path: Path) -> None:
    stored = json.loads(result.encode(scored()))
    del stored["metrics"][0]["all"]["labels"]["PER"]
    (tmp_path / "short.json").write_text(json.dumps(stored))

    with pytest.raises(InvalidError, match="have not the same labels: PER"):
        result.read(tmp_path / "short.json")


def test_the_last_digit_may_differ_as_machines_round(tmp_path: Path) -> None:
    stored = json.loads(result.encode(scored()))
    stored["metrics"][0]["all"]["macro"]["f1"] += 1e-15
    (tmp_path / "near.json").write_text(json.dumps(stored))

    assert result.read(tmp_path / "near.json").task == "ner"


def test_the_json_schema_requires_the_version() -> None:
    schema = result.json_schema()["$defs"]["Result"]

    assert schema["properties"]["schema"] == {"enum": ["vinee.result/2"]}
    assert {"schema", "task", "system", "corpus", "metrics"} <= set(schema["required"])


def test_the_signature_is_stored_in_both_forms() -> None:
    signature = scored().metrics[0].all.signature

    assert signature.parse().long() == signature.long
    assert signature.parse().short() == signature.short


def test_unpredicted_documents_are_named() -> None:
    assert VISIT not in scored().corpus.unpredicted
    assert len(scored().corpus.unpredicted) == 1
