"""What a run may replace, and what it leaves to whoever made it."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_gold import gold

from vinee.bench import replacing, result, scoring
from vinee.bench.file_names import file_name
from vinee.bench.result import System
from vinee.corpus.gold import content_hash
from vinee.errors import InvalidError

HASH = content_hash(gold())


def store(out: Path, system: str) -> None:
    found = scoring.score(gold(), "timex", gold=gold(), system=System(system))
    result.write(out / "results" / f"{file_name(system)}.timex.json", found)


def test_the_same_system_on_the_same_gold_may_be_replaced(tmp_path: Path) -> None:
    store(tmp_path, "mine")

    replacing.check(tmp_path, "mine", HASH)


def test_a_result_of_another_gold_stays_also_where_its_task_is_not_scored(tmp_path: Path) -> None:
    store(tmp_path, "mine")

    with pytest.raises(InvalidError, match=r"mine\.timex\.json: .*of another gold.*--force"):
        replacing.check(tmp_path, "mine", "0" * 64)


def test_a_result_of_another_system_stays(tmp_path: Path) -> None:
    store(tmp_path, "my system")

    with pytest.raises(InvalidError, match=r"my_system\.timex\.json: .*'my system'.*'my_system'"):
        replacing.check(tmp_path, "my_system")


def test_what_is_no_result_may_be_replaced(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "mine.timex.json").write_text("{", encoding="utf-8")

    replacing.check(tmp_path, "mine", HASH)
