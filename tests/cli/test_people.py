"""From a terminal: who is one person, notes and tags, and who is kept out of a run that goes on."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture
def done(desk: Any) -> int:
    """A run whose eight units are all answered by W0 to W4."""
    return int(desk.run("launch", desk.write_run(), "--wait").stdout)


def test_accounts_are_merged_listed_and_split_and_the_history_says_so(desk: Any, done: int) -> None:
    assert "Nobody has several accounts" in desk.run("people", "list").stderr
    assert "say --yes" in desk.run("people", "merge", "W0", "W1", code=2).stderr
    desk.run("people", "merge", "W0", "W1", "--label", "Ada", "--yes")
    desk.run("people", "merge", "mock:W2", "W1", "--yes")
    (person,) = desk.json("people", "list")
    assert person["label"] == "Ada"
    assert [a["worker_name"] for a in person["accounts"]] == ["W0", "W1", "W2"]
    assert "Ada" in desk.run("people", "list").stdout
    assert len(desk.json("workers", "--where", "identity:Ada")) == 3
    assert "one person already" in desk.run("people", "merge", "W0", "W2", "--yes", code=2).stderr
    desk.run("people", "label", "W2", "Ada L.")
    assert desk.json("people", "list")[0]["label"] == "Ada L."
    assert "stands alone now" in desk.run("people", "split", "W1").stderr
    moves = desk.json("people", "history", "W1")
    assert (moves[0]["worker_name"], moves[0]["from"], moves[0]["to"]) == ("W1", "1", None)
    assert moves[0]["who"]
    assert "alone" in desk.run("people", "history").stdout
    assert "and the one account that was left" in desk.run("people", "split", "W0").stderr
    assert desk.json("people", "list") == []
    assert "not merged" in desk.run("people", "label", "W0", "x", code=1).stderr
    assert desk.run("journal", "verify").stdout
    assert "All is well" in desk.run("doctor").stderr


def test_who_is_nobody_or_two_people_is_named(desk: Any, done: int) -> None:
    assert "Nobody here is called 'W9'" in desk.run("people", "split", "W9", code=1).stderr
    assert "There is no worker 77" in desk.run("people", "split", "#77", code=1).stderr


def test_tags_and_notes(desk: Any, done: int) -> None:
    assert "There are no tags yet" in desk.run("tag").stderr
    assert "Put on 2 workers" in desk.run("tag", "Careful", "--worker", "W0", "--worker", "W1").stderr
    assert "1 unchanged" in desk.run("tag", "careful", "--where", "worker:W1,W3").stderr
    assert "Put on 8 units" in desk.run("tag", "flagged", "--units-where", f"run:{done}").stderr
    assert "careful" in desk.run("tag").stdout
    assert {w["worker_name"] for w in desk.json("workers", "--where", "tag:careful")} == {"W0", "W1", "W3"}
    desk.run("tag", "careful", "--worker", "W0", "--off")
    assert {w["worker_name"] for w in desk.json("workers", "--where", "tag:careful")} == {"W1", "W3"}
    assert len(desk.json("units", "--where", "flagged:yes")) == 8
    assert "use --worker" in desk.run("tag", "careful", code=2).stderr
    assert "has a comma" in desk.run("tag", "a,b", "--worker", "W0", code=2).stderr

    number = desk.run("note", "Wrote a kind mail.", "--worker", "W0").stderr.split()[2].rstrip(".")
    desk.run("note", "Odd\x1b[31m one", "--unit", 1)
    (kept,) = desk.json("note", "--worker", "W0")
    assert (kept["note_id"], kept["text"]) == (number, "Wrote a kind mail.")
    assert "\x1b" not in desk.run("note", "--unit", 1).stdout
    assert "Tags: flagged" in desk.run("note", "--unit", 1).stdout
    assert len(desk.json("workers", "--where", "note:kind")) == 1
    desk.run("note", "--remove", number)
    assert "was removed already" in desk.run("note", "--remove", number, code=1).stderr
    assert "Nothing is noted" in desk.run("note", "--worker", "W0").stderr
    desk.run("note", "x", code=2)
    desk.run("note", "x", "--unit", 999, code=1)


def test_hints_are_only_offered(desk: Any, done: int) -> None:
    assert "No two accounts" in desk.run("people", "list", "--hints").stderr
    assert desk.json("people", "list", "--hints") == []
    assert desk.json("people", "list") == []


def test_a_run_without_terms_takes_none_later(desk: Any, done: int) -> None:
    assert "has no task.exclude" in desk.run("people", "exclude", done, code=1).stderr


def test_qualifications_from_a_file(desk: Any, done: int) -> None:
    file = desk.folder / "q.csv"
    file.write_text("worker,qualification,value\nW0,fluent,7\nW1,fluent,\n", encoding="utf-8")
    said = desk.run("qualify", "--file", file, "--yes", code=2)
    assert "q.csv, line 3: there is no qualification 'fluent', so it cannot be revoked." in said.stderr
    file.write_text("worker,qualification,value\nW0,fluent,7\nW1,fluent,0\n", encoding="utf-8")
    seen = desk.run("qualify", "--file", file, "--dry-run")
    assert "grant 7" in seen.stdout
    assert "Nothing was." in seen.stderr
    desk.run("qualify", "--file", file, code=2)
    assert "2 qualifications recorded" in desk.run("qualify", "--file", file, "--yes").stderr
    assert "nothing to do" in desk.run("qualify", "--file", file, "--yes").stderr
    desk.run("send", "--wait")
    both = desk.json("workers", "--where", "worker:W0,W1")
    assert sorted((w["worker_name"], w["qualifications"]["fluent"]) for w in both) == [("W0", 7), ("W1", 0)]
    file.write_text("worker,qualification,value\nW0,fluent,\n", encoding="utf-8")
    desk.run("qualify", "--file", file, "--yes", "--requester", "practice")
    desk.run("send", "--wait")
    assert desk.json("workers", "--where", "worker:W0")[0]["qualifications"] == {}


def test_earlier_people_are_kept_out_of_a_run(desk: Any, done: int) -> None:
    file = desk.folder / "run.yaml"
    said = desk.run("launch", file, f"task.exclude.runs=[{done}]", code=2)
    assert "nobody can be kept out of a replay" in said.stderr
    text = file.read_text(encoding="utf-8")
    free = text[: text.index("seed: 3")] + "seed: 3, speed: 5000, people: 12, leaver: 0}\n"
    file.write_text(free, encoding="utf-8")
    said = desk.run("launch", file, "task.exclude.runs=[77]", code=2)
    assert "task.exclude.runs.0: there is no run '77'." in said.stderr
    first = int(desk.run("launch", file, "--wait").stdout)
    before = {w["worker_name"] for w in desk.json("workers", "--run", first)}
    launched = desk.run("launch", file, f"task.exclude.runs=[{first}]", "--wait")
    assert f"Kept out: {len(before)} people with {len(before)} accounts." in launched.stderr
    second = int(launched.stdout)
    after = {w["worker_name"] for w in desk.json("workers", "--run", second)}
    assert before
    assert after
    assert not before & after
    assert "nobody new comes in" in desk.run("people", "exclude", second, code=1).stderr
