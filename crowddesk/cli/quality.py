"""The command that tells what a run's answers are worth: agreement, aggregation, and evidence by worker."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from crowddesk.cli.options import Folder
from crowddesk.cli.session import command, count, say, workspace

app = typer.Typer()

_MOST_PEOPLE = 30
_METHODS = {"majority": "majority, ties split", "dawid_skene": "Dawid-Skene", "mace": "MACE"}


@app.command()
@command
def quality(
    run: Annotated[int, typer.Option("--run", metavar="N", min=1, help="The run's number.")],
    field: Annotated[
        str | None, typer.Option("--field", metavar="NAME", help="The answered field; else the judged one.")
    ] = None,
    truth: Annotated[
        str | None,
        typer.Option("--truth", metavar="COLUMN", help="The column of the items with the right answers."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")] = False,
    folder: Folder = None,
) -> None:
    """How far a run's people agree, what their answers come to, and what stands out about whom."""
    from crowddesk.operations.quality.figures import figures_of

    with workspace(folder) as db, db.read() as conn:
        found = figures_of(conn, run, field, truth)
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
    else:
        _tell(found)


def _tell(found: Mapping[str, Any]) -> None:
    from crowddesk.cli import rows

    if not found["answers"]:
        say("There are no answers yet, or all are out of the data set.")
        return
    said = (found["answers"], "answer"), (found["items"], "item"), (found["workers"], "worker")
    line = ", ".join(count(number, noun) for number, noun in said)
    if found["left_out"]:
        line += f"; {found['left_out']:,} out of the data set left out"
    sys.stdout.write(line + "\n\n")
    rows.print_table(
        ("FIELD", "KIND", "ANSWERS", "ITEMS", "WORKERS", "AGREE", "COHEN", "FLEISS", "ALPHA", "ORDINAL",
         "INTERVAL"),
        (
            (f["name"], f["kind"], f"{f['answers']:,}", f"{f['items']:,}", f"{f['workers']:,}",
             _share(f["percent_agreement"]), *(_four(f[name]) for name in (
                 "cohen_kappa", "fleiss_kappa", "alpha_nominal", "alpha_ordinal", "alpha_interval")))
            for f in found["fields"]
        ),
    )  # fmt: skip
    sys.stdout.write("\n")
    _tell_accuracy(found)
    for each in found["fields"]:
        for note in each["notes"]:
            say(f"{each['name']}: {note}")
    _tell_people(found["people"])


def _tell_accuracy(found: Mapping[str, Any]) -> None:
    truth = found["truth"]
    if truth["column"] is None:
        sys.stdout.write(f"{found['field']}: the right answers are not known: {truth['how']}.\n")
        say("Name their column with: crowddesk quality --run N --truth COLUMN")
        return
    sys.stdout.write(
        f"{found['field']}: right by the column {truth['column']!r} ({truth['how']}), "
        f"over {count(truth['items'], 'item')}:\n"
    )
    for name, words in _METHODS.items():
        sys.stdout.write(f"  {words:<22}{_four(found[name])}\n")


def _tell_people(people: list[Mapping[str, Any]]) -> None:
    from crowddesk.cli import rows

    named = [person for person in people if person["named"]]
    sys.stdout.write(f"\n{count(len(named), 'worker')} of {len(people):,} to look at first:\n")
    if named:
        rows.print_table(
            ("WORKER", "ANSWERS", "MEDIAN", "RIGHT", "EVIDENCE"),
            (
                (
                    " = ".join([person["worker_name"], *person["also"]]),
                    f"{person['answers']:,}",
                    "" if person["median_seconds"] is None else f"{person['median_seconds']:.0f} s",
                    _share(person["accuracy"]),
                    "; ".join(each["words"] for each in person["evidence"]),
                )
                for person in named[:_MOST_PEOPLE]
            ),
        )
    if len(named) > _MOST_PEOPLE:
        say(f"There are {len(named) - _MOST_PEOPLE:,} more: crowddesk quality --run N --json")


def _four(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"


def _share(value: float | None) -> str:
    return "-" if value is None else f"{100 * value:.1f} %"
