"""A researcher on the independent client `pyrolific`, run by that client's own Python.

It is given the sandbox's address and a step's name, and prints what it learned as JSON. It knows the vendor
by that client's models only.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from pyrolific import Client
from pyrolific.api.bonuses import create_bonus_payments, pay_bonus_payments
from pyrolific.api.messages import get_messages, send_message
from pyrolific.api.participant_groups import (
    add_to_participant_group,
    create_participant_group,
    get_participant_group_participants,
)
from pyrolific.api.projects import get_projects
from pyrolific.api.studies import (
    calculate_study_cost,
    create_study,
    get_studies,
    get_study_cost,
    publish_study,
)
from pyrolific.api.submissions import (
    bulk_approve_submissions,
    get_submission,
    get_submissions,
    request_submission_return,
    transition_submission,
)
from pyrolific.api.users import get_user
from pyrolific.api.workspaces import get_workspace_balance, get_workspaces
from pyrolific.models import (
    BaseStudyCompletionCodesItem,
    BaseStudyPeripheralRequirementsItem,
    BaseStudyProlificIdOption,
    CreateBonusPaymentsBody,
    CreateParticipantGroupBody,
    CreateStudy,
    ParticipantIDList,
    RangeFilter,
    RequestSubmissionReturnBody,
    SendMessage,
    StudyCostRequest,
    StudyTransition,
    SubmissionIDs,
    SubmissionTransition,
)

TOKEN = "Token token-of-ann"


def work(address: str, step: str, given: dict[str, Any]) -> dict[str, Any]:
    """Does one step of a study's life."""
    client = Client(
        base_url=address,
        raise_on_unexpected_status=True,
        headers={"Authorization": TOKEN},
        httpx_args={"trust_env": False},
    )
    plain = {"client": client, "authorization": TOKEN}
    if step == "publish":
        workspace = get_workspaces.sync(**plain).results[0]
        project = get_projects.sync(workspace.id, **plain).results[0]
        body = CreateStudy(
            name="Birds",
            description="Say what you see.",
            external_study_url="https://desk.example/run?p={{%PROLIFIC_PID%}}",
            prolific_id_option=BaseStudyProlificIdOption.URL_PARAMETERS,
            completion_codes=[
                BaseStudyCompletionCodesItem.from_dict(
                    {
                        "code": "DONE1",
                        "code_type": "COMPLETED",
                        "actions": [{"action": "MANUALLY_REVIEW"}],
                        "actor": "participant",
                    }
                )
            ],
            total_available_places=given["places"],
            estimated_completion_time=5,
            reward=150,
            project=project.id,
            peripheral_requirements=[BaseStudyPeripheralRequirementsItem.AUDIO],
            filters=[
                RangeFilter.from_dict({"filter_id": "age", "selected_range": {"lower": 18, "upper": 100}})
            ],
        )
        study = create_study.sync(body=body, **plain)
        cost = calculate_study_cost.sync(
            body=StudyCostRequest(reward=150, total_available_places=given["places"]), **plain
        )
        live = publish_study.sync(study.id, body=StudyTransition(action="PUBLISH"), **plain)
        return {
            "study": study.id,
            "draft": study.status.value,
            "live": live.status.value,
            "user": get_user.sync(**plain).id,
            "workspace": workspace.id,
            "cost": cost.total_cost,
        }
    if step == "list":
        found = get_submissions.sync(study=given["study"], **plain)
        return {
            "studies": [line.id for line in get_studies.sync(**plain).results],
            "submissions": [[line.id, line.participant_id, line.status.value] for line in found.results],
            "next": found.additional_properties["_links"]["next"]["href"],
        }
    if step == "decide":
        first, second, third, *others = given["submissions"]
        one = transition_submission.sync(
            first, body=SubmissionTransition.from_dict({"action": "APPROVE"}), **plain
        )
        reject = {"action": "REJECT", "message": given["reason"], "rejection_category": "LOW_EFFORT"}
        two = transition_submission.sync(second, body=SubmissionTransition.from_dict(reject), **plain)
        asked = request_submission_return.sync(
            third,
            client=client,
            body=RequestSubmissionReturnBody(request_return_reasons=["Withdrew consent"]),
        )
        said = bulk_approve_submissions.sync(body=SubmissionIDs(submission_ids=others), **plain)
        return {"one": one.status.value, "two": two.status.value, "asked": asked.status.value, "said": said}
    if step == "bonus":
        lines = "\n".join(f"{submission},{amount}" for submission, amount in given["bonuses"])
        bulk = create_bonus_payments.sync(
            body=CreateBonusPaymentsBody(study_id=given["study"], csv_bonuses=lines), **plain
        )
        paid = pay_bonus_payments.sync(bulk.id, **plain)
        return {"amount": bulk.amount, "fees": bulk.fees, "total": bulk.total_amount, "paid": paid}
    if step == "groups":
        body = CreateParticipantGroupBody.from_dict({"workspace_id": given["workspace"], "name": "Good ones"})
        group = create_participant_group.sync(client=client, body=body)
        people = ParticipantIDList(participant_ids=given["people"])
        add_to_participant_group.sync(group.id, client=client, body=people)
        members = get_participant_group_participants.sync(group.id, client=client)
        note = SendMessage(recipient_id=given["people"][0], body="Thank you.", study_id=given["study"])
        send_message.sync_detailed(body=note, **plain)
        read = get_messages.sync(user_id=given["people"][0], **plain)
        return {
            "members": [member.participant_id for member in members.results],
            "messages": [message.body for message in read.results],
        }
    cost = get_study_cost.sync(given["study"], **plain)
    balance = get_workspace_balance.sync(given["workspace"], **plain)
    return {
        "balance": [balance.total_balance, balance.available_balance],
        "cost": cost.rewards.rewards.amount,
        "bonuses": {s: get_submission.sync(s, **plain).bonus_payments for s in given["submissions"]},
    }


if __name__ == "__main__":
    sys.stdout.write(json.dumps(work(sys.argv[1], sys.argv[2], json.loads(sys.argv[3]))))
