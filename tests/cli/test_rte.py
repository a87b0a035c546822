"""The main job, whole, through the command line: 8,000 recorded answers launched, paid and exported."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest

Desk = Any

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


def recorded(rte: Path) -> Counter[tuple[str, str, str]]:
    """(item, worker, answer) of every line of the recording."""
    with (rte / "labels.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return Counter((row["orig_id"], row["!amt_worker_ids"], row["response"]) for row in rows)


def answers(rows: Any) -> Counter[tuple[str, str, str]]:
    return Counter((row["input.id"], row["worker_name"], row["output.response"]) for row in rows)


def test_the_rte_run_from_launch_to_export(rte_desk: Desk, rte: Path) -> None:
    desk = rte_desk
    assert desk.run("launch", "rte.yaml", "--wait").stdout.splitlines()[0] == "1"
    desk.run("decide", "approve", "--run", 1, "--where", "status:completed", "--yes")
    desk.run("send", "--wait")
    (run,) = desk.json("runs")
    assert run["total_spend"] == {"minor": 24_000, "currency": "USD"}
    assert (run["status"], run["units"]) == ("closed", {"accepted": 8_000})
    assert len(desk.json("workers", "--run", 1)) == 164
    units = desk.json("units", "--run", 1)
    found = Counter((u["input"]["id"], u["worker_name"], u["output"]["response"]) for u in units)
    assert found == recorded(rte)

    desk.run("export", "--run", 1, "--to", "out.csv", "--with-names")
    with (desk.folder / "out.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(rows), len({row["worker_name"] for row in rows})) == (8_000, 164)
    assert answers(rows) == recorded(rte)
    with (rte / "items.tsv").open(encoding="utf-8", newline="") as file:
        items = {row["id"]: row for row in csv.DictReader(file, delimiter="\t")}
    assert all(row["input.text"] == items[row["input.id"]]["text"] for row in rows)

    desk.run("export", "--run", 1, "--to", "out.xlsx", "--only", "in", "--with-names")
    titles, *lines = openpyxl.load_workbook(desk.folder / "out.xlsx").active.values
    assert answers(dict(zip(titles, line, strict=True)) for line in lines) == recorded(rte)

    head = desk.run("journal", "verify").stdout.strip()
    desk.run("journal", "verify", "--head", head)
    desk.run("doctor")
    with desk.vendor() as vendor:
        assert vendor.balance("practice") == (1_000_000 - 24_000, "USD")
