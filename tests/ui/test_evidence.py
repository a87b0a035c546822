"""Evidence in words: what a person reads who decides on a lost answer; damaged evidence hides nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk.ui import evidence

SENT = datetime(2026, 11, 22, 14, 3, tzinfo=UTC)


def row(found=None, **more):
    values = {
        "id": 9, "kind": "bonus", "worker_name": "5f42c6", "worker_id": 3, "amount_minor": 50,
        "fee_minor": 17, "currency": "GBP", "requester_id": 1, "task_run_id": 4,
        "started_at": SENT, "attempt": 1,
        "uuid": "token", "reason": "Thank you", "state": "needs_you",
        "evidence": found if isinstance(found, str) else json.dumps(found or {}),
    }  # fmt: skip
    return SimpleNamespace(**{**values, **more})


def whole(**more):
    return {
        "first_sent": "2026-11-22T14:03:00+00:00", "bulk_id": "65ab", "amount_minor": 50, "currency": "GBP",
        "baseline": [30], "acknowledged": True,
        "read_backs": [{"at": "2026-11-22T14:08:00+00:00", "bonuses": [30]},
                       {"at": "2026-11-22T15:08:00+00:00", "bonuses": [30]}],
        "balance_before": 10_000, "balance_after": 10_000, "balance_expected": 9_933,
        "url": "https://app.example.org/s/1", **more,
    }  # fmt: skip


def words(lines):
    return {line.caption: line.words for line in lines}


def test_everything_that_is_known_is_said():
    said = words(evidence.told(row(whole())))
    assert said["To be paid"] == "GBP 0.50 to 5f42c6, and GBP 0.17 in fees"
    assert said["First sent"].startswith("2026-11-22 ")
    assert said["Answer"] == "The vendor took the order; that it was done was never seen."
    assert said["Read back"].startswith("No new payment. Looked 2 times, the last 2026-11-22 ")
    assert said["Read back"].endswith("; before, there was GBP 0.30.")
    assert said["Balance"] == "GBP 100.00 before, GBP 100.00 after: as if nothing was paid."
    assert said["Order"] == "65ab"


@pytest.mark.parametrize(
    ("after", "end"),
    [
        (9_933, "exactly as if all of it was paid."),
        (9_900, "GBP 0.33 less than if all of it was paid."),
        (9_950, "GBP 0.17 more than if all of it was paid."),
    ],
)
def test_the_balance_is_held_against_the_expected_one(after, end):
    assert words(evidence.told(row(whole(balance_after=after))))["Balance"].endswith(end)


def test_a_new_payment_is_named_and_an_old_one_of_the_same_amount_is_not():
    reads = [{"at": "2026-11-22T15:08:00Z", "bonuses": [50, 50, 30]}]
    said = words(evidence.told(row(whole(baseline=[30, 50], read_backs=reads))))
    assert said["Read back"].startswith("A new payment of GBP 0.50. Looked 1 time")
    assert evidence.new_amounts(whole(baseline=[50], read_backs=[{"bonuses": [50]}])) == []


def test_what_nobody_knows_is_left_out_and_what_a_vendor_adds_is_shown():
    said = words(evidence.told(row({"ticket_no": {"no": 7}, "gone": None}, started_at=None)))
    assert said["Ticket no"] == '{"no": 7}'
    assert not {"First sent", "Read back", "Balance", "Answer", "Gone"} & set(said)


def test_a_batch_says_how_many_show_a_payment():
    paid = whole(read_backs=[{"at": None, "bonuses": [30, 50]}])
    other = whole(read_backs=[{"at": None, "bonuses": [30, 99]}])
    rows = [row(whole(), worker_id=1), row(paid, worker_id=2), row(other, worker_id=3), row({}, worker_id=4)]
    said = words(evidence.told_of_batch(rows))
    assert said["To be paid"] == "GBP 2.00 to 4 people, and GBP 0.68 in fees"
    assert said["Read back"] == (
        "1 of 4 show the amount as paid; 1 of 4 show another new payment; 1 of 4 show no new payment; "
        "1 could not be read."
    )
    assert evidence.differs(rows)
    assert not evidence.differs(rows[:1])
    assert evidence.money_of(rows) == "GBP 2.68"


def test_a_batch_is_the_vendors_order_or_the_moment():
    assert evidence.batch_of(row(whole())) == evidence.batch_of(row(whole(), id=10, started_at=None))
    assert evidence.batch_of(row(whole())) != evidence.batch_of(row(whole(bulk_id="66")))
    assert evidence.batch_of(row()) == evidence.batch_of(row(id=10))
    assert evidence.batch_of(row(started_at=None)) != evidence.batch_of(row(id=10, started_at=None))
    assert evidence.batch_of(row(whole())) != evidence.batch_of(row(whole(), requester_id=2))


@pytest.mark.parametrize("url", ["file:///etc/passwd", "javascript:alert(1)", 7, None, ""])
def test_only_a_web_address_is_a_page(url):
    assert evidence.page_of(row(whole(url=url))) == ""
    assert evidence.page_of(row(whole())) == "https://app.example.org/s/1"


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)
_NAMES = st.sampled_from(sorted(whole()))


@given(found=_JSON | st.dictionaries(_NAMES, _JSON), name=_NAMES)
def test_damaged_evidence_never_stops_the_window(found, name):
    for value in (found, whole(**{name: found})):
        made = row(json.dumps(value))
        assert all(isinstance(line.words, str) for line in evidence.told(made))
        assert evidence.told_of_batch([made, made])
        hash(evidence.batch_of(made))
    assert words(evidence.told(row("{not JSON")))["Evidence"] == "{not JSON"
