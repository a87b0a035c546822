"""A client that others wrote (`pyrolific`, in its own environment) does a whole study against the sandbox."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.providers.prolific_sandbox.open_sandbox import REASON, Desk

_ROOT = Path(__file__).resolve().parents[3]
_SCRIPT = Path(__file__).with_name("pyrolific_researcher.py")


def _python() -> Path | None:
    """The Python of pyrolific's environment; `make test` makes one."""
    named = os.environ.get("CROWDDESK_PYROLIFIC")
    if named:
        return Path(named)
    made = _ROOT / ".venv-pyrolific" / "bin" / "python"
    return made if made.exists() else None


@pytest.mark.skipif(_python() is None, reason="no environment with pyrolific: make test makes it")
def test_another_client_creates_publishes_lists_approves_and_pays(desk: Desk) -> None:
    def step(name: str, **given: Any) -> dict[str, Any]:
        done = subprocess.run(
            [str(_python()), str(_SCRIPT), desk.address, name, json.dumps(given)],
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    published = step("publish", places=25)
    study = published["study"]
    assert (published["draft"], published["live"]) == ("UNPUBLISHED", "ACTIVE")
    assert published["user"] == desk.ids["user_id"]
    assert published["cost"] == 25 * 210
    desk.pass_time()
    ids = desk.submit(study, *(f"person{number}" for number in range(25)))

    listed = step("list", study=study)
    assert listed["studies"] == [study]
    assert [line[0] for line in listed["submissions"]] == ids[:20]
    assert listed["next"].startswith(desk.address)

    decided = step("decide", submissions=ids, reason=REASON)
    assert (decided["one"], decided["two"], decided["asked"]) == ("APPROVED", "REJECTED", "AWAITING REVIEW")
    assert isinstance(decided["said"], str)
    bonus = step("bonus", study=study, bonuses=[[ids[0], "30"], [ids[3], "0.05"]])
    assert (bonus["amount"], bonus["fees"]) == (3005, 999 + 2)
    desk.pass_time()
    people = ["person0", "person3"]
    told = step("groups", workspace=published["workspace"], people=people, study=study)
    assert told == {"members": people, "messages": ["Thank you."]}

    last = step("read", study=study, workspace=published["workspace"], submissions=[ids[0], ids[1], ids[3]])
    assert last["bonuses"] == {ids[0]: [3000], ids[1]: [], ids[3]: [5]}
    assert last["cost"] == 23 * 150
    assert last["balance"][0] == 1_000_000 - 23 * 210 - bonus["total"]
    assert sorted(row["submission_id"] for row in desk.ledger() if row["kind"] == "reward") == sorted(
        [ids[0], *ids[3:]]
    )
