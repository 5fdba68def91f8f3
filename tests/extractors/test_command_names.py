"""The name of a command is published, so no secret may stand in it."""

from __future__ import annotations

import pytest

from vinee.extractors import resolve
from vinee.extractors.command import CommandExtractor


@pytest.mark.parametrize(
    ("command", "shown"),
    [
        ("env MY_API_KEY=sk-LEAK python c.py", "env MY_API_KEY=… python c.py"),
        ("env KEY='sk LEAK' python c.py", "env KEY=… python c.py"),
        (r'env KEY="a\"LEAK" python c.py', "env KEY=… python c.py"),
        ("bash -c 'KEY=LEAK python c.py'", "bash -c 'KEY=… python c.py'"),
        (r'bash -c "KEY=\"a LEAK\" python c.py"', 'bash -c "KEY=… python c.py"'),
        ("c --token LEAK --fast", "c --token … --fast"),
        ("c --api-key=LEAK x", "c --api-key=… x"),
        ("c --password 'my LEAK' x", "c --password … x"),
        ("c --hf_token LEAK", "c --hf_token …"),
        ("c --APIKEY LEAK", "c --APIKEY …"),
        ("c --auth --secret LEAK", "c --auth --secret …"),
        ("curl -H 'Authorization: Bearer LEAK' x", "curl -H 'Authorization: Bearer …' x"),
        ("c http://me:LEAK@host/x", "c http://…@host/x"),
    ],
)
def test_a_secret_in_a_command_is_not_in_its_name(command: str, shown: str) -> None:
    extractor = CommandExtractor(command)

    assert extractor.name.startswith(f"cmd:{shown} [")
    assert "LEAK" not in repr(extractor)


@pytest.mark.parametrize(
    "command",
    ["python c.py", "python c.py --model=x --max-tokens 100", "c --tokenizer vi", "a -k 3 --key"],
)
def test_a_command_without_a_secret_is_its_name(command: str) -> None:
    assert resolve(f"cmd:{command}").name == f"cmd:{command}"


def test_commands_that_differ_in_what_is_masked_have_different_names() -> None:
    names = {CommandExtractor(f"c SEED={seed}").name for seed in range(3)}

    assert len(names) == 3
