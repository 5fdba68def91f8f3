"""``vinee diagnose``: why a system scores as it does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from vinee.cli.options import Format, Gold, GoldFormat, GoldMap, LenientGold

if TYPE_CHECKING:
    from vinee.bench.diagnosis import Diagnosis


def diagnose(
    predictions: Annotated[
        Path, typer.Argument(help="File or folder of predictions, in any format.")
    ],
    task: Annotated[
        Literal["ner", "ner_fine", "mentions", "events", "timex"],
        typer.Option(help="Task whose items to look at."),
    ] = "ner",
    gold: Gold = None,
    gold_format: GoldFormat = None,
    gold_map: GoldMap = None,
    training: Annotated[
        Path | None,
        typer.Option(
            help="Documents that the system learnt from, in any format, for what it has seen. "
            "[the other documents of the gold]"
        ),
    ] = None,
    examples: Annotated[
        int, typer.Option(min=0, help="How many items to list of each class of errors.")
    ] = 0,
    form: Format = "text",
    *,
    words: Annotated[
        bool,
        typer.Option("--words/--no-words", help="Segment words, to see which items they cut."),
    ] = True,
    lenient: Annotated[
        bool, typer.Option("--lenient", help="Leave out and count what is wrong in predictions.")
    ] = False,
    lenient_gold: LenientGold = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print everything, each item too, as JSON.")
    ] = False,
) -> None:
    """Show what became of each item: types confused, classes of errors, scores by attribute."""
    from vinee.bench import diagnosis as room
    from vinee.bench.tables import render
    from vinee.cli.reading import gold_of, tell_left_out
    from vinee.corpus import predictions as prediction_files
    from vinee.corpus.foreign import opening

    reference = gold_of(gold, gold_format, gold_map, lenient=lenient_gold)
    found = prediction_files.read(
        predictions, reference.documents, lenient=lenient, labels_of=reference.labels
    )
    opened = None if training is None else opening.read(training)
    learnt = None
    if opened is not None:
        learnt = opened.whole if lenient_gold else opened.documents()
    made = room.diagnose(
        found,
        task,
        gold=reference,
        training=learnt,
        words=words,
    )
    tell_left_out(found.findings)
    if as_json:
        _print_json(made)
    else:
        typer.echo(render(room.diagnosis_tables(made, examples), form), nl=False)


def _print_json(made: Diagnosis) -> None:
    """Print JSON in which what a terminal would act on is escaped, and nothing is lost."""
    import json

    written = json.dumps(made.to_json(), ensure_ascii=False, indent=1)
    typer.echo(
        "".join(each if each.isprintable() or each == "\n" else _escaped(each) for each in written)
    )


def _escaped(character: str) -> str:
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))
