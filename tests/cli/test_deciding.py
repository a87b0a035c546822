"""Deciding from a terminal: words of the library, the whole sheet, ten units the fourth refused, retried."""

from __future__ import annotations

import json
from typing import Any

import pytest

from crowddesk.domain import VendorError
from crowddesk.providers.mock import MockProvider
from tests.cli.conftest import Desk

WHY = "Both answers are the same."


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A desk whose run 1 has eight completed units."""
    desk.write_run()
    desk.run("launch", "run.yaml", "--wait")
    return desk


def sheet(desk: Desk, *args: object) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(desk.run("send", "--dry-run", "--json", *args).stdout)
    return told


def balance(desk: Desk) -> int:
    with desk.vendor() as vendor:
        return vendor.balance("practice")[0]


def test_the_sheet_is_the_same_as_text_and_as_json(worked: Desk) -> None:
    worked.run("decide", "approve", "--where", "worker:W2", "--yes")
    said = worked.run("decide", "reject", "--where", "worker:W1", "--reason", WHY, "--yes").stderr
    assert "2 of them are the first rejection of their person" in said
    text = worked.run("send", "--dry-run")
    assert "practice (mock): 2 approve, USD 0.24 with fees\n" in text.stdout
    assert "practice (mock): together USD 0.24, USD 0.20 and USD 0.04 fees\n" in text.stdout
    assert "practice (mock): balance USD 10,000.00, after this USD 9,999.76\n" in text.stdout
    assert "waits for a second look: action " in text.stdout
    assert "2 actions would leave. Nothing was sent." in text.stderr
    told = sheet(worked)
    (mine,) = told["accounts"]
    assert (told["actions"], told["waiting"]) == (2, 2)
    assert mine["total"] == {"minor": 24, "currency": "USD"}
    assert mine["balance_after"] == {"minor": 999_976, "currency": "USD"}
    assert {look["reason"] for look in mine["second_looks"]} == {WHY}
    assert all(look["evidence"] for look in mine["second_looks"])
    assert mine["rejections"] == []
    worked.run("second-look", "agree", *(look["action_id"] for look in mine["second_looks"]))
    (mine,) = sheet(worked, "--run", 1)["accounts"]
    assert mine["rejections"] == [{"worker_name": "W1", "rejections": 2}]
    worked.run("send", "--wait")
    assert balance(worked) == 999_976
    assert sheet(worked) == {"actions": 0, "waiting": 0, "last_action_id": "0", "accounts": []}
    worked.run("send", "--json", code=2)


def test_a_vendor_that_cannot_be_asked_hides_nothing_else(
    worked: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_requester: object) -> object:
        raise VendorError("The vendor cannot be reached.")

    worked.run("decide", "approve", "--where", "worker:W2", "--yes")
    monkeypatch.setattr(MockProvider.RequesterClass, "get_available_budget", fail)
    text = worked.run("send", "--dry-run").stdout
    assert "2 approve, USD 0.24 with fees" in text
    assert "balance not known: The vendor cannot be reached." in text
    (mine,) = sheet(worked)["accounts"]
    assert (mine["balance"], mine["balance_problem"]) == (None, "The vendor cannot be reached.")


def test_the_fourth_refused_is_named_and_a_retry_does_one(worked: Desk) -> None:
    with worked.vendor() as vendor:
        vendor.inject("refuse", "approve", nth=4, reason="Not today.")
    worked.run("decide", "approve", "--run", 1, "--yes")
    sent = worked.run("send", "--wait", code=1)
    assert "7 done, 1 refused." in sent.stderr
    assert "refused: Not today." in sent.stderr
    (refused,) = worked.json("actions", "--where", "status:refused")
    done = next(a for a in worked.json("actions", "--where", "kind:approve status:done"))
    again = worked.run("retry", refused["action_id"], done["action_id"])
    assert "1 action recorded once more." in again.stderr
    assert f"action {done['action_id']} was left out: it is done, not refused" in again.stderr
    worked.run("send", "--wait")
    assert worked.json("runs")[0]["units"] == {"accepted": 8}
    assert balance(worked) == 1_000_000 - 8 * 12


def test_a_reason_of_the_library_is_filled_in_for_each(worked: Desk) -> None:
    text = "Item {item} of “{run}” was not read."
    worked.run("reason", "add", "--title", "Unread", "--text", text, "--key", 1)
    worked.run("decide", "reject", "--where", "worker:W1", "--use", "Unread", "--yes")
    told = {row["reason"] for row in worked.json("second-look", "list")}
    assert len(told) == 2
    assert all(
        words.startswith("Item ") and words.endswith(" of “A small task” was not read.") for words in told
    )
    missing = worked.run(
        "decide", "reject", "--where", "worker:W2", "--reason", "You failed {gold_failed}.", "--yes", code=2
    )
    assert "{gold_failed} is not known" in missing.stderr
    assert len(worked.json("second-look", "list")) == 2
    both = worked.run("decide", "reject", "--run", 1, "--use", "Unread", "--reason", WHY, code=2)
    assert "not both" in both.stderr
    worked.run("decide", "reject", "--run", 1, "--use", "Nothing", "--yes", code=1)
