"""Fairness from a terminal: the library of reasons, second looks, objections."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Desk

WHY = "Both answers are the same."


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A desk whose run 1 has eight completed units."""
    desk.write_run()
    desk.run("launch", "run.yaml", "--wait")
    return desk


def test_the_library_is_listed_added_to_changed_and_removed(worked: Desk) -> None:
    assert "There are none yet" in worked.run("reason", "list").stderr
    assert "{their_time}" in worked.run("reason", "list", "--offered", "prolific", "--kind", "reject").stdout
    worked.run("reason", "add", "--title", "Unread", "--text", "It was not read.", "--key", 3)
    kept = worked.run("reason", "add", "--offered", "mock").stderr  # the key 3 is taken
    assert "6 reasons kept." in kept
    assert "The key 3 chooses 'Unread' already" in kept
    first = next(r for r in worked.json("reason", "list", "--kind", "reject") if r["title"] == "Unread")
    assert (first["key"], first["provider_type"], first["text"]) == (3, None, "It was not read.")
    worked.run("reason", "change", first["reason_id"], "--text", "Nobody read it.", "--key", 0)
    (changed,) = [r for r in worked.json("reason", "list") if r["reason_id"] == first["reason_id"]]
    assert (changed["text"], changed["key"], changed["title"]) == ("Nobody read it.", None, "Unread")
    worked.run("reason", "remove", first["reason_id"])
    assert "There is no reason" in worked.run("reason", "remove", first["reason_id"], code=1).stderr


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("reason", "add", "--title", "x", "--text", "{quick}"), "There is no {quick}", 2),
        (("reason", "add", "--text", "x"), "Give it a title", 2),
        (("reason", "change", 9, "--title", "x"), "There is no reason '9'", 1),
        (("second-look", "agree", 999), "there is no such action", 1),
        (("second-look", "withdraw", 9), "say why", 2),
        (("appeal", "add", 1, "--text", "x"), "not rejected", 1),
        (("appeal", "add", 1, "--text", "x", "--received", "soon"), "'soon' is no date", 2),
        (("appeal", "uphold", 9, "--answer", "x"), "There is no objection 9", 1),
        (("appeal", "overturn", 9, "--yes"), "There is no objection 9", 1),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    worked: Desk, words: tuple[object, ...], said: str, code: int
) -> None:
    done = worked.run(*words, code=code)
    assert said in done.stderr


def test_a_first_rejection_is_agreed_to_or_withdrawn(worked: Desk) -> None:
    assert "No first rejection waits" in worked.run("second-look", "list").stderr
    worked.run("decide", "reject", "--where", "worker:W1", "--reason", WHY, "--yes")
    first, second = worked.json("second-look", "list", "--run", 1)
    table = worked.run("second-look", "list").stdout
    assert WHY in table
    assert first["created_by"] in table
    assert "1 rejection agreed to." in worked.run("second-look", "agree", first["action_id"]).stderr
    gone = worked.run(
        "second-look", "withdraw", second["action_id"], first["action_id"], "--note", "It fits."
    )
    assert "1 rejection withdrawn." in gone.stderr
    assert f"action {first['action_id']} was left out" in gone.stderr
    worked.run("send", "--wait")
    assert worked.json("runs")[0]["units"] == {"completed": 7, "rejected": 1}


def test_an_objection_is_kept_answered_and_taken_back(worked: Desk) -> None:
    worked.run("decide", "reject", "--where", "worker:W1", "--reason", WHY, "--yes")
    worked.run("second-look", "agree", *(row["action_id"] for row in worked.json("second-look", "list")))
    worked.run("send", "--wait")
    one, two = (u["unit_id"] for u in worked.json("units", "--where", "status:rejected"))
    kept = worked.run("appeal", "add", one, "--text", "I read it.", "--received", "2026-11-01", "--days", 3)
    assert "to be answered by 2026-11-04" in kept.stderr
    assert "without a deadline" in worked.run("appeal", "add", two, "--text", "Me too.", "--days", 0).stderr
    first, second = worked.json("appeal", "list")
    assert (first["unit_id"], first["text"], first["reason"], first["worker_name"]) == (
        one,
        "I read it.",
        WHY,
        "W1",
    )
    assert [u["unit_id"] for u in worked.json("units", "--where", "appeal:open")] == [one, two]
    worked.run("appeal", "uphold", second["appeal_id"], "--answer", "They are the same.")
    done = worked.run("appeal", "overturn", first["appeal_id"], "--answer", "Right.", "--tell", "--yes")
    assert "Not sent: this vendor has no messages" in done.stderr
    assert worked.json("appeal", "list") == []
    assert "No objection waits" in worked.run("appeal", "list").stderr
    states = {a["appeal_id"]: a["status"] for a in worked.json("appeal", "list", "--all")}
    assert states == {first["appeal_id"]: "overturned", second["appeal_id"]: "upheld"}
    worked.run("send", "--wait")
    assert worked.json("runs")[0]["units"] == {"completed": 6, "rejected": 1, "accepted": 1}
