"""Every method of the client at the sandbox: two independent readings of one document that must agree."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import httpx
import pytest

from crowddesk.domain import now
from crowddesk.providers.prolific.builder_client import dataset as dataset_now
from crowddesk.providers.prolific.builder_client import send_items
from crowddesk.providers.prolific.client import ProlificClient, Refused
from crowddesk.providers.prolific_sandbox.books import Terms
from tests.providers.prolific_sandbox.open_sandbox import CODE, REASON, TOKEN, Desk, in_thread

DRAFT = {
    "name": "A study", "description": "D", "external_study_url": "https://lab.example/r/1", "reward": 120,
    "prolific_id_option": "url_parameters", "total_available_places": 30, "estimated_completion_time": 5,
    "completion_codes": [CODE], "metadata": "run 7", "internal_name": "ours",
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    terms = Terms(lag=0.0, fee_percent=Decimal(25), vat_percent=Decimal(20))
    with in_thread(tmp_path / "sandbox.sqlite", terms) as address:
        desk = Desk(address)
        yield desk
        desk.close()


@pytest.fixture
def client(desk: Desk) -> Iterator[ProlificClient]:
    client = ProlificClient(TOKEN, desk.address)
    yield client
    client.close()


def published(desk: Desk, client: ProlificClient, *, people: int = 0) -> tuple[str, list[str]]:
    """A study in the field, and the submissions of people who have done it."""
    study = client.create_study({**DRAFT, "project": desk.project})
    client.move_study(study.id, "PUBLISH")
    for number in range(people):
        person = f"{number:024x}"
        with httpx.Client(base_url=desk.address, trust_env=False) as browser:
            begun = browser.get(f"/participant/{person}/start/{study.id}")
            assert begun.status_code == 302, begun.text
            done = browser.get("/submissions/complete", params={"cc": CODE["code"]})
            assert done.status_code < 400, done.text
    return study.id, [row.id for row in client.submissions(study.id)]


def test_accounts_and_money(desk: Desk, client: ProlificClient) -> None:
    assert client.me().id == desk.ids["user_id"]
    assert [place.id for place in client.workspaces()] == [desk.workspace]
    assert desk.project in {place.id for place in client.projects(desk.workspace)}
    balance = client.balance(desk.workspace)
    assert (balance.currency, balance.available) == ("GBP", 1_000_000)
    advice = client.wage_advice(desk.workspace, "GBP")
    assert advice is not None
    assert 0 < advice.min_per_hour <= advice.recommended_per_hour
    assert client.cost_of(120, 30) == 30 * (120 + 30 + 6)
    assert client.filters(desk.workspace)


def test_a_study_from_draft_to_stop(desk: Desk, client: ProlificClient) -> None:
    study = client.create_study({**DRAFT, "project": desk.project})
    assert (study.status, study.metadata, study.places, study.reward) == ("UNPUBLISHED", "run 7", 30, 120)
    assert study.completion_codes[0]["code"] == CODE["code"]
    assert client.change_study(study.id, {"reward": 130}).reward == 130
    client.move_study(study.id, "PUBLISH")
    client.move_study(study.id, "PAUSE")
    assert client.study(study.id).status == "PAUSED"
    client.move_study(study.id, "START")
    assert client.change_study(study.id, {"total_available_places": 31}).places == 31
    with pytest.raises(Refused):
        client.delete_study(study.id)
    assert [line.id for line in client.studies(desk.project)] == [study.id]
    assert [(line.internal_name, line.places) for line in client.all_studies("ACTIVE")] == [("ours", 31)]
    assert client.move_study(study.id, "STOP").status in ("COMPLETED", "AWAITING REVIEW")
    draft = client.create_study({**DRAFT, "project": desk.project})
    client.delete_study(draft.id)
    with pytest.raises(Refused) as caught:
        client.study(draft.id)
    assert caught.value.status == 404


def test_submissions_page_by_page_and_their_ends(desk: Desk, client: ProlificClient) -> None:
    study, ids = published(desk, client, people=12)
    assert len(ids) == 12
    assert [row.id for row in client.submissions(study, page_size=5)] == ids
    assert [row.id for row in client.submissions(study, page_size=4)] == ids  # the last page is full
    counts = client.submission_counts(study)
    assert (counts["AWAITING REVIEW"], counts["TOTAL"]) == (12, 12)
    row = client.submission(ids[0])
    assert (row.status, row.study_id, row.bonus_payments) == ("AWAITING REVIEW", study, ())
    assert row.started_at is not None
    assert abs(now() - row.started_at) < timedelta(minutes=5)
    assert client.move_submission(ids[0], "APPROVE").status == "APPROVED"
    assert client.move_submission(ids[1], "REJECT", REASON, "LOW_EFFORT").status == "REJECTED"
    with pytest.raises(Refused):
        client.move_submission(ids[2], "REJECT", "too short", "LOW_EFFORT")
    assert client.request_return(ids[2], ["Didn't finish the study"]).return_requested is not None
    client.bulk_approve(ids[3:])
    desk.control("POST", "clock", {"advance_seconds": 5})
    bulk = client.prepare_bonuses(study, [(ids[0], Decimal("1.50")), (ids[3], Decimal("0.05"))])
    assert (bulk.amount, bulk.fees, bulk.vat, bulk.total) == (155, 39, 8, 202)
    client.pay_bonuses(bulk.id)
    desk.control("POST", "clock", {"advance_seconds": 5})
    for _ in range(200):
        if client.submission(ids[3]).bonus_payments and client.submission(ids[11]).status == "APPROVED":
            break
    assert client.submission(ids[3]).bonus_payments == (5,)
    assert client.submission(ids[0]).bonus_payments == (150,)
    cost = client.study_cost(study)
    assert (cost.rewards, cost.bonuses, cost.currency) == (10 * 120, 155, "GBP")


def test_groups_and_messages(desk: Desk, client: ProlificClient) -> None:
    study, ids = published(desk, client, people=2)
    people = [client.submission(each).participant_id for each in ids]
    group = client.create_group(desk.workspace, "Good", "They were good", people[:1])
    client.add_to_group(group.id, people)
    assert sorted(client.group_members(group.id)) == sorted(people)
    client.remove_from_group(group.id, people[:1])
    assert client.group_members(group.id) == people[1:]
    assert [(each.name, each.participants) for each in client.groups(desk.workspace)] == [("Good", 1)]
    client.send_message(people[0], "Thank you – really", study)
    client.send_messages(people, "Both of you", study)
    assert {message.body for message in client.messages(people[0])} == {"Thank you – really", "Both of you"}
    assert len(client.messages(created_after=now() - timedelta(days=1))) == 3


def test_a_batch_that_the_vendor_shows(desk: Desk, client: ProlificClient) -> None:
    schema = {"strict": True, "fields": {"text": {"type": "text", "label": "Text"}}}
    dataset = client.create_dataset("items", desk.workspace, schema)
    done = client.append_datapoints(dataset.id, [{"text": f"Item {uuid.uuid4()}"} for _ in range(3)])
    assert (done.accepted, done.rejected) == (3, 0)
    send_items(client, dataset.id, "one.jsonl", b'{"text": "One more"}\n')
    for _ in range(200):
        if all(each.status == "complete" for each in dataset_now(client, dataset.id).imports):
            break
    details = {"task_name": "T", "task_introduction": "<p>I</p>", "task_steps": "<p>S</p>"}
    question = {
        "type": "multiple_choice", "description": "Yes?", "answer_limit": 1,
        "options": [{"label": "Yes", "value": "y"}, {"label": "No", "value": "n"}],
    }  # fmt: skip
    shown = {"type": "dataset_field", "field": "text"}
    layout = [{"rows": [{"columns": [{"items": [shown, question]}]}]}]
    batch = client.create_batch("b", desk.workspace, details, dataset_id=dataset.id, batch_items=layout)
    client.setup_batch(batch.id, dataset.id, 1)
    for _ in range(200):
        if client.batch_status(batch.id) == "READY":
            break
    ready = client.batch(batch.id)
    assert (ready.status, ready.tasks, ready.groups) == ("READY", 4, 4)
    assert [each.id for each in client.batches(desk.workspace)] == [batch.id]
    assert client.batch_responses(batch.id) == []
