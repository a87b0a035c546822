"""Submissions at the sandbox: the state machine, rejections, bulk approval, pages, and what time does."""

from __future__ import annotations

from typing import Any

import pytest

from tests.providers.prolific_sandbox.open_sandbox import CODE, REASON, Desk

DAY = 86_400
EACH = 210

_AFTER = {
    ("AWAITING REVIEW", "APPROVE"): "APPROVED",
    ("APPROVED", "APPROVE"): "APPROVED",
    ("AWAITING REVIEW", "REJECT"): "REJECTED",
    ("REJECTED", "REJECT"): "REJECTED",
    ("REJECTED", "UNREJECT"): "AWAITING REVIEW",
    ("AWAITING REVIEW", "UNREJECT"): "AWAITING REVIEW",
    ("ACTIVE", "RETURN"): "RETURNED",
    ("AWAITING REVIEW", "RETURN"): "RETURNED",
    ("RETURNED", "RETURN"): "RETURNED",
    ("RETURNED", "UNRETURN"): "AWAITING REVIEW",
    ("AWAITING REVIEW", "UNRETURN"): "AWAITING REVIEW",
    ("ACTIVE", "START"): "ACTIVE",
    ("ACTIVE", "COMPLETE"): "AWAITING REVIEW",
    ("AWAITING REVIEW", "COMPLETE"): "AWAITING REVIEW",
}
_ACTIONS = ("APPROVE", "REJECT", "UNREJECT", "RETURN", "UNRETURN", "START", "COMPLETE", "SCREEN_OUT")
_CODES = [CODE, {"code": "DESK", "code_type": "OTHER", "actions": [], "actor": "researcher"}]


def _brought_to(desk: Desk, status: str) -> str:
    study_id = desk.live(completion_codes=_CODES)
    submission_id = desk.start(study_id, "ann")
    if status == "TIMED-OUT":
        desk.pass_time(DAY)
    elif status != "ACTIVE":
        desk.finish("ann")
    if status == "APPROVED":
        desk.judge(submission_id, "APPROVE")
    elif status == "REJECTED":
        desk.reject(submission_id)
    elif status == "RETURNED":
        desk.judge(submission_id, "RETURN")
    assert desk.submission(submission_id)["status"] == status
    return submission_id


@pytest.mark.parametrize(
    "status", ["ACTIVE", "AWAITING REVIEW", "APPROVED", "REJECTED", "RETURNED", "TIMED-OUT"]
)
def test_the_table_of_transitions(desk: Desk, status: str) -> None:
    for action in _ACTIONS:
        submission_id = _brought_to(desk, status)
        more = {
            "REJECT": {"message": REASON, "rejection_category": "OTHER"},
            "COMPLETE": {"completion_code": "DESK"},
        }
        after = _AFTER.get((status, action))
        desk.judge(submission_id, action, 200 if after else 400, **more.get(action, {}))
        assert desk.submission(submission_id)["status"] == (after or status)


def test_approving_before_the_participant_has_submitted_fails_and_pays_nothing(desk: Desk) -> None:
    submission_id = desk.start(desk.live(), "ann")
    desk.judge(submission_id, "APPROVE", 400)
    assert desk.ledger() == []


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({}, "message"), ({"message": REASON}, "rejection_category"),
        ({"message": "x" * 99, "rejection_category": "OTHER"}, "message"),
        ({"message": " " * 150, "rejection_category": "OTHER"}, "message"),
        ({"message": REASON, "rejection_category": ["OTHER"]}, "rejection_category"),
        ({"message": REASON, "rejection_category": "OTHER,"}, "rejection_category"),
        ({"message": [REASON], "rejection_category": "OTHER"}, "message"),
    ],
)  # fmt: skip
def test_a_rejection_needs_a_long_reason_and_a_category(desk: Desk, more: dict[str, Any], field: str) -> None:
    (submission_id,) = desk.submit(desk.live(), "ann")
    told = desk.judge(submission_id, "REJECT", 400, **more)
    assert field in told["error"]["detail"]
    assert desk.submission(submission_id)["status"] == "AWAITING REVIEW"


def test_a_rejection_frees_its_money_and_taking_it_back_holds_it_again(desk: Desk) -> None:
    study_id = desk.live(total_available_places=1)
    (submission_id,) = desk.submit(study_id, "ann")
    assert desk.balance()[1] == 1_000_000 - EACH
    desk.reject(submission_id)
    assert desk.balance() == (1_000_000, 1_000_000)
    desk.judge(submission_id, "UNREJECT")
    assert desk.balance() == (1_000_000, 1_000_000 - EACH)
    desk.judge(submission_id, "APPROVE")
    assert desk.balance() == (1_000_000 - EACH, 1_000_000 - EACH)


def test_approving_twice_pays_once(desk: Desk) -> None:
    (submission_id,) = desk.submit(desk.live(), "ann")
    for _ in range(3):
        desk.judge(submission_id, "APPROVE")
    (row,) = desk.ledger()
    assert (row["amount"], row["fee"], row["vat"], row["kind"]) == (150, 50, 10, "reward")


def test_bulk_approval_answers_at_once_and_works_later(desk: Desk) -> None:
    study_id = desk.live(total_available_places=5)
    ids = [*desk.submit(study_id, "ann", "bob", "cy"), desk.start(study_id, "dee")]
    desk.reject(ids[2])
    desk.ask("POST", "/submissions/bulk-approve/", {"submission_ids": ids})
    assert desk.submission(ids[0])["status"] == "AWAITING REVIEW"
    desk.pass_time()
    assert [desk.submission(i)["status"] for i in ids] == ["APPROVED", "APPROVED", "REJECTED", "ACTIVE"]
    desk.ask("POST", "/submissions/bulk-approve/", {"submission_ids": ids[:2]})
    desk.pass_time()
    assert [row["submission_id"] for row in desk.ledger()] == ids[:2]


def test_bulk_approval_by_participants_of_a_study(desk: Desk) -> None:
    study_id, other = desk.live(), desk.live(name="Trees")
    (wanted,) = desk.submit(study_id, "ann")
    desk.submit(other, "ann")
    desk.ask("POST", "/submissions/bulk-approve/", {"study_id": study_id, "participant_ids": ["ann"]})
    desk.pass_time()
    assert [row["submission_id"] for row in desk.ledger()] == [wanted]


def test_bulk_approval_names_what_it_does_not_know_and_takes_a_thousand_at_most(desk: Desk) -> None:
    (known,) = desk.submit(desk.live(), "ann")
    told = desk.ask("POST", "/submissions/bulk-approve/", {"submission_ids": [known, "nobody"]}, expect=400)
    assert "nobody" in str(told["detail"])
    for body in ({}, {"submission_ids": []}, {"submission_ids": "x"}, {"submission_ids": [known] * 1001}):
        desk.ask("POST", "/submissions/bulk-approve/", body, expect=400)
    desk.pass_time()
    assert desk.ledger() == []


def test_what_nobody_judges_is_approved_after_21_days(desk: Desk) -> None:
    study_id = desk.live()
    ids = desk.submit(study_id, "ann", "bob")
    desk.reject(ids[1])
    desk.pass_time(21 * DAY - 60)
    assert desk.submission(ids[0])["status"] == "AWAITING REVIEW"
    desk.pass_time(120)
    assert desk.submission(ids[0])["status"] == "APPROVED"
    assert [(row["submission_id"], row["reference"]) for row in desk.ledger()] == [(ids[0], "auto_approve")]


def test_who_takes_too_long_loses_the_place(desk: Desk) -> None:
    study_id = desk.live(maximum_allowed_time=30, total_available_places=1)
    submission_id = desk.start(study_id, "ann")
    desk.start(study_id, "bob", expect=403)
    desk.pass_time(29 * 60)
    assert desk.submission(submission_id)["status"] == "ACTIVE"
    desk.pass_time(120)
    assert desk.submission(submission_id)["status"] == "TIMED-OUT"
    desk.start(study_id, "ann", expect=403)
    desk.start(study_id, "bob")


def test_pages_end_with_a_404_and_not_with_an_empty_page(desk: Desk) -> None:
    study_id = desk.live(total_available_places=45)
    ids = desk.submit(study_id, *(f"p{number}" for number in range(45)))
    found, pages = [], 0
    query: dict[str, Any] = {"study": study_id}
    page = desk.ask("GET", "/submissions/", query=query)
    while True:
        found += [line["id"] for line in page["results"]]
        pages += 1
        if page["_links"]["next"]["href"] is None:
            break
        page = desk.http.get(
            page["_links"]["next"]["href"], headers={"Authorization": f"Token {desk.token}"}
        ).json()
    assert (found, pages, page["meta"]["count"]) == (ids, 3, 45)
    desk.ask("GET", "/submissions/", query={**query, "page": 4}, expect=404)
    told = desk.ask("GET", "/submissions/", query={**query, "page": 1, "page_size": 45})
    assert (len(told["results"]), told["_links"]["next"]["href"]) == (45, None)
    for wrong in ({"page": 0}, {"page": "x"}, {"page_size": 0}, {"page_size": 10**9}, {"page": "٣"}):
        desk.ask("GET", "/submissions/", query={**query, **wrong}, expect=400)
    assert len(desk.ask("GET", f"/studies/{study_id}/submissions/")["results"]) == 45


def test_an_empty_study_has_one_empty_page(desk: Desk) -> None:
    told = desk.ask("GET", "/submissions/", query={"study": desk.live()})
    assert (told["results"], told["_links"]["next"]["href"]) == ([], None)


def test_filters_of_the_listing(desk: Desk) -> None:
    study_id = desk.live(total_available_places=6)
    ids = [*desk.submit(study_id, "ann", "bob", "cy"), desk.start(study_id, "dee")]
    desk.judge(ids[0], "APPROVE")
    desk.reject(ids[1])

    def found(**query: Any) -> list[str]:
        told = desk.ask("GET", "/submissions/", query={"study": study_id, **query})
        return [ids[i] for i in range(4) if ids[i] in {line["id"] for line in told["results"]}]

    assert found(status="AWAITING_REVIEW") == [ids[2]]
    assert found(status="APPROVED") == [ids[0]]
    assert found(completed="true") == ids[:3]
    assert found(completed="0") == [ids[3]]
    assert found(active="yes", completed="yes") == []
    now = desk.control("GET", "state")["now"]
    day = f"{now[8:10]}/{now[5:7]}/{now[:4]}"
    assert found(submitted_from=day) == ids[:3]
    assert found(submitted_before=day) == []
    told = desk.ask("GET", "/submissions/", query={"study": study_id, "ordering": "-started_at"})
    assert [line["id"] for line in told["results"]] == ids[::-1]
    for wrong in (
        {"status": "EATEN"},
        {"active": "perhaps"},
        {"ordering": "luck"},
        {"submitted_from": "1.1.2026"},
    ):
        desk.ask("GET", "/submissions/", query={"study": study_id, **wrong}, expect=400)
    desk.ask("GET", "/submissions/", expect=400)


def test_counts_tell_every_status(desk: Desk) -> None:
    study_id = desk.live()
    ids = desk.submit(study_id, "ann", "bob")
    desk.judge(ids[0], "APPROVE")
    told = desk.ask("GET", f"/studies/{study_id}/submissions/counts/")
    assert {name: number for name, number in told.items() if number} == {
        "APPROVED": 1,
        "AWAITING REVIEW": 1,
        "TOTAL": 2,
    }


def test_a_return_can_be_asked_for_politely(desk: Desk) -> None:
    study_id = desk.live()
    ids = desk.submit(study_id, "ann", "bob")
    path = f"/submissions/{ids[0]}/request-return/"
    told = desk.ask("POST", path, {"request_return_reasons": ["Withdrew consent"]})
    assert told["status"] == "AWAITING REVIEW"
    assert told["return_requested"] is not None
    assert desk.ask("POST", path, {"request_return_reasons": ["Again"]}) == told
    line = desk.ask("GET", "/submissions/", query={"study": study_id})["results"][0]
    assert line["return_requested"] == told["return_requested"]
    for body in ({}, {"request_return_reasons": []}, {"request_return_reasons": "none"}):
        desk.ask("POST", path, body, expect=400)
    desk.judge(ids[1], "APPROVE")
    desk.ask("POST", f"/submissions/{ids[1]}/request-return/", {"request_return_reasons": ["x"]}, expect=400)


def test_a_study_whose_places_are_done_awaits_review_and_then_is_complete(desk: Desk) -> None:
    study_id = desk.live(total_available_places=2)
    ids = desk.submit(study_id, "ann")
    ids.append(desk.start(study_id, "bob"))
    assert desk.status_of(study_id) == "ACTIVE"
    desk.finish("bob")
    assert desk.status_of(study_id) == "AWAITING REVIEW"
    desk.judge(ids[0], "APPROVE")
    desk.reject(ids[1])
    assert desk.status_of(study_id) == "COMPLETED"
    assert desk.balance() == (1_000_000 - EACH, 1_000_000 - EACH)


def test_a_returned_place_of_a_full_study_is_offered_again(desk: Desk) -> None:
    study_id = desk.live(total_available_places=1)
    (submission_id,) = desk.submit(study_id, "ann")
    desk.judge(submission_id, "RETURN")
    assert desk.status_of(study_id) == "ACTIVE"
    desk.submit(study_id, "bob")


def test_a_screen_out_needs_a_code_that_pays_for_it(desk: Desk) -> None:
    (plain,) = desk.submit(desk.live(), "ann")
    desk.judge(plain, "SCREEN_OUT", 400)
    paying = {
        "code": "OUT",
        "code_type": "FIXED_SCREENOUT",
        "actions": [{"action": "FIXED_SCREEN_OUT_PAYMENT", "fixed_screen_out_reward": 20, "slots": 3}],
        "actor": "researcher",
    }
    study_id = desk.live(completion_codes=[CODE, paying])
    (submission_id,) = desk.submit(study_id, "bob")
    assert desk.judge(submission_id, "SCREEN_OUT")["status"] == "SCREENED OUT"
    desk.judge(submission_id, "SCREEN_OUT")
    assert [(row["kind"], row["amount"], row["fee"]) for row in desk.ledger()] == [("screen_out", 20, 7)]


def test_what_is_somebody_elses_is_not_there(desk: Desk) -> None:
    study_id = desk.live()
    (submission_id,) = desk.submit(study_id, "ann")
    desk.control("POST", "accounts", {"token": "bob", "name": "Bob", "currency": "GBP", "balance": 1000})
    path = f"/submissions/{submission_id}/"
    desk.ask("GET", path, token="bob", expect=404)
    desk.ask("POST", f"{path}transition/", {"action": "APPROVE"}, token="bob", expect=404)
    desk.ask(
        "POST", "/submissions/bulk-approve/", {"submission_ids": [submission_id]}, token="bob", expect=400
    )
    desk.ask("GET", "/submissions/", query={"study": study_id}, token="bob", expect=404)
