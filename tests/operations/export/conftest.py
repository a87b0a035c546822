"""Runs with answers that differ, times, files and tags, made past the program where that is quicker."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from typing import Any

import pytest

Bench = Any
Rewrite = Callable[[int, Sequence[Mapping[str, Any]]], None]


@pytest.fixture
def rewrite(bench: Bench) -> Rewrite:
    """Gives a run's answers, in the order of their units, other contents."""

    def change(run: int, answers: Sequence[Mapping[str, Any]]) -> None:
        with closing(sqlite3.connect(bench.db.folder / "crowddesk.sqlite")) as connection, connection:
            for unit, answer in zip(bench.units(run), answers, strict=True):
                connection.execute(
                    "UPDATE submission SET answer = ? WHERE unit_id = ?", (json.dumps(answer), unit.id)
                )

    return change
