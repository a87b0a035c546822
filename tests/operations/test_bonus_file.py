"""A file of bonuses as it is read: units by their numbers, money of the account's currency only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from crowddesk.operations.bonus_file import check_bonuses


def test_a_units_number_is_read_however_it_is_written(bench: Any, tmp_path: Path) -> None:
    run = bench.completed(2)
    unit = bench.units(run)[0]
    rows = [f"{unit.worker_name},0.1{n},Thanks,{text}" for n, text in enumerate(("{}", " {} ", "0{}", ""))]
    file = tmp_path / "bonuses.csv"
    text = "\n".join(["worker,amount,reason,unit", *rows]).format(*[unit.id] * 3)
    file.write_text(text + "\n", encoding="utf-8")
    found = check_bonuses(bench.db, file, requester_id=1, run_id=run)
    assert list(found.problems) == []
    assert [row.bonus.unit_id for row in found.rows] == [unit.id, unit.id, unit.id, None]


def test_another_currency_is_a_fault_of_its_row(bench: Any, tmp_path: Path) -> None:
    run = bench.completed(2)
    who = bench.units(run)[0].worker_name
    file = tmp_path / "bonuses.csv"
    file.write_text(f"worker,amount,currency\n{who},1,usd\n{who},2,\n{who},3,GBP\n", encoding="utf-8")
    found = check_bonuses(bench.db, file, requester_id=1, run_id=run, reason="Thanks")
    assert [row.bonus.amount for row in found.rows] == [100, 200]
    assert [str(problem) for problem in found.problems] == [
        "bonuses.csv, line 4: the amount is in GBP; this account pays in USD."
    ]
