"""Faults on demand: each kind does what it says to the caller, and to the books what it says and no more."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.domain import BadInput
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.faults import KINDS, Faults
from tests.providers.prolific_sandbox.open_sandbox import Desk, Said, wait_until

_MOVE = "POST /submissions/*/transition/"


@pytest.fixture
def waiting(desk: Desk) -> str:
    """A submission that awaits review."""
    return desk.submit(desk.live(total_available_places=12), "ann")[0]


def _approve(desk: Desk, submission_id: str, expect: int = 200) -> Any:
    return desk.judge(submission_id, "APPROVE", expect)


def _status(desk: Desk, submission_id: str) -> str:
    desk.faults()
    status: str = desk.submission(submission_id)["status"]
    return status


@pytest.mark.parametrize(("kind", "status"), [("refuse", 400), ("busy", 429), ("broken", 500)])
def test_some_do_nothing_and_say_so(desk: Desk, waiting: str, kind: str, status: int) -> None:
    desk.faults({"kind": kind, "route": _MOVE})
    _approve(desk, waiting, status)
    assert _status(desk, waiting) == "AWAITING REVIEW"
    assert desk.ledger() == []


def test_broken_after_does_it_and_looks_like_a_failure(desk: Desk, waiting: str) -> None:
    desk.faults({"kind": "broken_after", "route": _MOVE})
    _approve(desk, waiting, 500)
    assert _status(desk, waiting) == "APPROVED"
    assert len(desk.ledger()) == 1


def test_the_answer_can_be_lost_after_it_was_done(desk: Desk, waiting: str) -> None:
    desk.faults({"kind": "act_then_drop", "route": _MOVE})
    with pytest.raises(httpx.RemoteProtocolError):
        _approve(desk, waiting)
    assert _status(desk, waiting) == "APPROVED"
    assert len(desk.ledger()) == 1


def test_a_fine_answer_can_be_followed_by_nothing(desk: Desk, waiting: str) -> None:
    desk.faults({"kind": "never_act", "route": _MOVE})
    assert _approve(desk, waiting)["status"] == "APPROVED"
    assert _status(desk, waiting) == "AWAITING REVIEW"
    assert desk.ledger() == []


def test_a_pay_that_never_acts_pays_nobody(desk: Desk, waiting: str) -> None:
    study_id = desk.submission(waiting)["study_id"]
    bulk = desk.prepare(study_id, f"{waiting},1.00")
    desk.faults({"kind": "never_act", "route": "POST /bulk-bonus-payments/*"})
    desk.pay(bulk["id"])
    desk.pass_time()
    assert desk.ledger() == []


def test_an_answer_can_take_its_time(desk: Desk) -> None:
    desk.faults({"kind": "delay", "seconds": 0.3, "times": 1})
    started = time.monotonic()
    desk.ask("GET", "/users/me/")
    assert time.monotonic() - started >= 0.3


def test_an_answer_can_be_no_json(desk: Desk, waiting: str) -> None:
    desk.faults({"kind": "wrong_json"})
    texts = set()
    for _ in range(12):
        response = desk.http.get(
            f"/api/v1/submissions/{waiting}/", headers={"Authorization": "Token token-of-ann"}
        )
        assert response.status_code == 200
        with pytest.raises(ValueError, match=r".+"):
            response.json()
        texts.add(response.headers["Content-Type"].partition(";")[0])
    assert texts == {"text/html", "application/json"}


def test_an_empty_wallet_on_demand(desk: Desk, waiting: str) -> None:
    desk.faults({"kind": "no_balance"})
    told = _approve(desk, waiting, 400)
    assert "funds" in told["error"]["detail"]
    desk.reject(waiting)
    assert desk.ledger() == []


def test_a_clock_that_is_off(desk: Desk, waiting: str) -> None:
    right = desk.submission(waiting)["started_at"]
    desk.faults({"kind": "clock_skew", "seconds": 3600})
    wrong = desk.submission(waiting)["started_at"]
    assert wrong != right
    assert wrong[10:13] != right[10:13]


def test_listings_can_repeat_rows_and_mix_them(desk: Desk, waiting: str) -> None:
    study_id = desk.submission(waiting)["study_id"]
    ids = [waiting, *desk.submit(study_id, *(f"p{number}" for number in range(11)))]

    def listed() -> list[str]:
        told = desk.ask("GET", "/submissions/", query={"study": study_id})
        return [line["id"] for line in told["results"]]

    assert listed() == ids
    desk.faults({"kind": "shuffled_listing"})
    mixed = listed()
    assert mixed != ids
    assert sorted(mixed) == sorted(ids)
    desk.faults({"kind": "duplicate_listing"})
    doubled = listed()
    assert len(doubled) > len(ids)
    assert set(doubled) == set(ids)


def test_reads_can_lag_behind_and_catch_up(desk: Desk, waiting: str) -> None:
    desk.faults({"kind": "stale_listing", "seconds": 0.5, "route": "GET /submissions/*"})
    _approve(desk, waiting)
    done = time.monotonic()
    assert desk.submission(waiting)["status"] == "AWAITING REVIEW"
    assert desk.balance()[0] == 1_000_000 - 210
    wait_until(lambda: desk.submission(waiting)["status"] == "APPROVED")
    assert time.monotonic() - done >= 0.4


def test_the_same_seed_and_calls_fare_the_same(desk: Desk) -> None:
    def fates(seed: int) -> list[int]:
        desk.faults({"kind": "busy", "probability": 0.3}, {"kind": "broken", "probability": 0.3}, seed=seed)
        headers = {"Authorization": "Token token-of-ann"}
        return [desk.http.get("/api/v1/users/me/", headers=headers).status_code for _ in range(40)]

    first = fates(7)
    assert set(first) == {200, 429, 500}
    assert fates(7) == first
    assert fates(8) != first


def test_a_rule_strikes_as_often_as_it_says_and_only_its_route(desk: Desk, waiting: str) -> None:
    desk.faults({"kind": "broken", "times": 2, "route": "GET /submissions/{id}/"})
    desk.ask("GET", "/users/me/")
    for expect in (500, 500, 200):
        desk.ask("GET", f"/submissions/{waiting}/", expect=expect)
    told = desk.control("GET", "faults")
    assert (told["rules"][0]["fired"], set(told["kinds"])) == (2, set(KINDS))


def test_rules_are_kept_over_a_restart(tmp_path: Path) -> None:
    books = Books(tmp_path / "s.sqlite")
    faults = Faults(books)
    faults.set({"seed": 3, "rules": [{"kind": "busy", "times": 2}]})
    assert faults.draw("GET", "/users/me/", False) is not None
    faults.close()
    books.close()
    books = Books(tmp_path / "s.sqlite")
    faults = Faults(books)
    assert faults.tell()["rules"][0]["fired"] == 1
    assert faults.draw("GET", "/users/me/", False) is not None
    assert faults.draw("GET", "/users/me/", False) is None
    faults.close()
    books.close()


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "explode"}, {}, 5,
        {"kind": "busy", "probability": 1.5}, {"kind": "busy", "probability": "1"},
        {"kind": "busy", "times": -1}, {"kind": "busy", "route": 5}, {"kind": "delay", "seconds": -1},
        {"kind": "delay", "seconds": 10**9}, {"kind": "busy", "seconds": 5}, {"kind": ["busy"]},
    ],
)  # fmt: skip
def test_a_rule_that_makes_no_sense_changes_nothing(desk: Desk, rule: Any) -> None:
    desk.faults({"kind": "busy", "route": "GET /nothing/"})
    with pytest.raises(Said, match="400"):
        desk.control("POST", "faults", {"rules": [rule]})
    assert [kept["route"] for kept in desk.control("GET", "faults")["rules"]] == ["GET /nothing/"]


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(_JSON)
def test_whatever_is_asked_for_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, asked: Any
) -> None:
    books = Books(tmp_path_factory.mktemp("faults") / "s.sqlite")
    faults = Faults(books)
    try:
        faults.set({"seed": 1, "rules": [asked]})
    except BadInput:
        assert faults.tell()["rules"] == []
    finally:
        faults.close()
        books.close()
