"""From a terminal: work is asked back, messages are written, and a run gets more places."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.providers.mock import MockProvider


@pytest.fixture
def done(desk: Any) -> int:
    """A run whose eight units are all answered."""
    return int(desk.run("launch", desk.write_run(), "--wait").stdout)


@pytest.fixture
def able(monkeypatch: pytest.MonkeyPatch) -> None:
    """The practice vendor offers what it does not."""
    monkeypatch.setattr(MockProvider, "OFFERS", frozenset({"request_return", "message"}))


def test_what_a_vendor_does_not_offer_is_refused(desk: Any, done: int) -> None:
    asked = desk.run("ask-return", "--run", done, "--reason", "Empty.", "--yes", code=1)
    assert "8 units because mock offers no such request" in asked.stderr
    said = desk.run("message", "practice", "W0", "--body", "Hello.", "--yes", code=2)
    assert "No messages can be sent to people at mock" in said.stderr


@pytest.mark.usefixtures("able")
def test_a_return_is_asked_for_with_a_reason(desk: Any, done: int) -> None:
    desk.run("ask-return", "--yes", code=2)
    desk.run("ask-return", "--run", done, "--yes", code=2)
    asked = desk.run("ask-return", "--where", "worker:W0", "--reason", "Empty.", "--reason", "Late.", "--yes")
    assert "recorded" in asked.stderr
    waiting = desk.json("actions", "--where", "kind:request_return")
    assert {a["reason"] for a in waiting} == {"Empty.; Late."}
    again = desk.run("ask-return", "--where", "worker:W0", "--reason", "Empty.", "--yes", code=1)
    assert "an earlier action on it is still staged" in again.stderr


@pytest.mark.usefixtures("able")
def test_a_message_goes_to_each_once(desk: Any, done: int) -> None:
    said = desk.run("message", "practice", "W0", "W1", "W0", "--body", "Hello.", "--run", done, "--yes")
    assert "2 messages recorded." in said.stderr
    assert [a["worker_name"] for a in desk.json("actions", "--where", "kind:message")] == ["W1", "W0"]
    assert "is called nobody" in desk.run("message", "practice", "nobody", "--yes", code=1).stderr


def test_more_answers_to_each_item(desk: Any) -> None:
    run = int(desk.run("launch", desk.write_run()).stdout)
    assert "is not at its vendor yet" in desk.run("raise-places", run, 1, "--yes", code=1).stderr
    desk.run("resume", run, "--wait")
    assert "so it takes no further answers" in desk.run("raise-places", run, 1, "--yes", code=1).stderr
