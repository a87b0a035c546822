"""The participants' side: places, placeholders, codes, coming back, giving back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.providers.prolific_sandbox.open_sandbox import CODE, Desk

AUTO = {
    "code": "AUTO",
    "code_type": "OTHER",
    "actions": [{"action": "AUTOMATICALLY_APPROVE"}],
    "actor": "participant",
}
BACK = {
    "code": "BACK",
    "code_type": "NO_CONSENT",
    "actions": [{"action": "REQUEST_RETURN", "return_reason": "You did not consent."}],
    "actor": "participant",
}


def test_the_link_is_filled_in_and_the_browser_gets_a_cookie(desk: Desk) -> None:
    study_id = desk.live()
    response = desk.http.get(f"/participant/ann/start/{study_id}", follow_redirects=False)
    assert response.cookies["participant"] == "ann"
    query = parse_qs(urlsplit(response.headers["Location"]).query)
    assert query == {"p": ["ann"], "s": [study_id], "u": [response.headers["X-Submission"]]}
    told = desk.submission(response.headers["X-Submission"])
    assert (told["status"], told["participant"], told["study_id"]) == ("ACTIVE", "ann", study_id)


def test_who_opens_the_link_twice_has_one_place(desk: Desk) -> None:
    study_id = desk.live(total_available_places=1)
    assert desk.start(study_id, "ann") == desk.start(study_id, "ann")
    desk.finish("ann")
    desk.start(study_id, "ann", expect=403)
    assert desk.ask("GET", f"/studies/{study_id}/submissions/counts/")["TOTAL"] == 1


def test_places_end(desk: Desk) -> None:
    study_id = desk.live(total_available_places=2)
    desk.start(study_id, "ann")
    desk.start(study_id, "bob")
    desk.start(study_id, "cy", expect=403)


def test_no_more_at_once_than_the_study_wants(desk: Desk) -> None:
    study_id = desk.live(submissions_config={"max_concurrent_submissions": 1})
    desk.start(study_id, "ann")
    desk.start(study_id, "bob", expect=403)
    desk.finish("ann")
    desk.start(study_id, "bob")


def test_as_often_as_the_study_lets_a_person(desk: Desk) -> None:
    study_id = desk.live(submissions_config={"max_submissions_per_participant": 2})
    first, second = (desk.submit(study_id, "ann")[0] for _ in range(2))
    assert first != second
    desk.start(study_id, "ann", expect=403)
    lines = desk.ask("GET", "/submissions/", query={"study": study_id})["results"]
    assert [line["has_siblings"] for line in lines] == [True, True]


@pytest.mark.parametrize("status", ["UNPUBLISHED", "PUBLISHING", "PAUSED", "COMPLETED"])
def test_a_study_that_is_not_active_takes_nobody(desk: Desk, status: str) -> None:
    study_id = desk.draft()["id"]
    if status != "UNPUBLISHED":
        desk.move(study_id, "PUBLISH")
    if status in ("PAUSED", "COMPLETED"):
        desk.pass_time()
        desk.move(study_id, "PAUSE" if status == "PAUSED" else "STOP")
    desk.start(study_id, "ann", expect=403)
    desk.start("nowhere", "ann", expect=403)
    desk.start(study_id, "no%20body", expect=403)


def test_who_is_at_work_may_finish_after_a_pause_and_a_stop(desk: Desk) -> None:
    study_id = desk.live()
    submission_id = desk.start(study_id, "ann")
    desk.move(study_id, "PAUSE")
    desk.move(study_id, "STOP")
    desk.finish("ann")
    assert desk.submission(submission_id)["status"] == "AWAITING REVIEW"
    desk.judge(submission_id, "APPROVE")
    assert desk.balance() == (1_000_000 - 210, 1_000_000 - 210)


def test_codes_do_what_they_say(desk: Desk) -> None:
    study_id = desk.live(total_available_places=5, completion_codes=[CODE, AUTO, BACK])
    done, auto, back, wrong, none = (desk.start(study_id, pid) for pid in "abcde")
    for pid, code in zip("abcde", ("DONE1", "AUTO", "BACK", "GUESS", None), strict=True):
        desk.finish(pid, code)
    told = {name: desk.submission(i) for name, i in {"done": done, "auto": auto, "back": back}.items()}
    assert [told[name]["status"] for name in told] == ["AWAITING REVIEW", "APPROVED", "AWAITING REVIEW"]
    assert told["back"]["return_requested"] is not None
    assert [row["submission_id"] for row in desk.ledger()] == [auto]
    assert (desk.submission(wrong)["status"], desk.submission(wrong)["entered_code"]) == (
        "AWAITING REVIEW",
        "GUESS",
    )
    assert (desk.submission(none)["status"], desk.submission(none)["entered_code"]) == (
        "AWAITING REVIEW",
        None,
    )


def test_a_code_belongs_to_the_study_that_knows_it(desk: Desk) -> None:
    birds, trees = desk.live(), desk.live(completion_codes=[{**CODE, "code": "TREES"}])
    first, second = desk.start(birds, "ann"), desk.start(trees, "ann")
    desk.finish("ann", "DONE1")
    assert [desk.submission(i)["status"] for i in (first, second)] == ["AWAITING REVIEW", "ACTIVE"]


def test_nobody_finishes_twice_or_without_a_place(desk: Desk) -> None:
    study_id = desk.live()
    desk.submit(study_id, "ann")
    for cookie in ("participant=ann", "participant=bob", ""):
        response = desk.http.get("/submissions/complete", params={"cc": "DONE1"}, headers={"Cookie": cookie})
        assert response.status_code == 404


def test_a_place_can_be_given_back(desk: Desk) -> None:
    study_id = desk.live(total_available_places=1)
    submission_id = desk.start(study_id, "ann")
    assert desk.http.post(f"/participant/bob/return/{submission_id}").status_code == 404
    for _ in range(2):
        assert desk.http.post(f"/participant/ann/return/{submission_id}").status_code == 200
    assert desk.submission(submission_id)["status"] == "RETURNED"
    desk.start(study_id, "ann", expect=403)
    (other,) = desk.submit(study_id, "bob")
    desk.judge(other, "APPROVE")
    assert desk.http.post(f"/participant/bob/return/{other}").status_code == 409
