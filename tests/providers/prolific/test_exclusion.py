"""Earlier participants are kept out at Prolific: by a group of its own, named before it comes out."""

from __future__ import annotations

from typing import Any

import pytest

from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import ActionKind, ActionState, Outcome
from crowddesk.live_run import LiveTaskRun
from crowddesk.providers.prolific import study
from crowddesk.providers.prolific.groups import Groups
from crowddesk.store import identities, remarks
from crowddesk.testing.workspace import launch
from tests.providers.prolific.bench import Bench
from tests.providers.prolific.test_groups import groups_of

CHANGE = "PATCH /studies/{id}/"
MAKE = "POST /participant-groups/"
MEMBERS = "POST /participant-groups/{id}/participants/"
LISTING = "GET /filters/"


def excluding(*runs: TaskRun, tags: tuple[str, ...] = (), workers: tuple[str, ...] = ()) -> dict[str, Any]:
    return {"exclude": {"runs": [run.db_id for run in runs], "tags": list(tags), "workers": list(workers)}}


def filters_of(bench: Bench, run: TaskRun) -> dict[str, Any]:
    told = bench.vendor.ask("GET", f"/studies/{bench.study_of(run)}/")["filters"]
    return {each["filter_id"]: each.get("selected_values") or each["selected_range"] for each in told}


def own_group(bench: Bench, run: TaskRun) -> list[str]:
    ending = f"/{run.db_id}]"
    (members,) = [m for name, m in groups_of(bench).items() if "kept out" in name and name.endswith(ending)]
    return members


def test_nobody_of_an_earlier_study_is_let_in(bench: Bench) -> None:
    first = bench.live(3)
    pids = [bench.person() for _ in range(2)]
    for pid in pids:
        bench.sends(bench.comes(first, pid))
    second = bench.live(3, task=excluding(first))
    assert own_group(bench, second) == pids
    assert filters_of(bench, second)[study.EARLIER] == [bench.study_of(first)]
    for pid in pids:
        bench.vendor.start(bench.study_of(second), pid, expect=403)
    bench.vendor.start(bench.study_of(second), bench.person())
    # Who comes to the earlier study only now is kept out too, which no group of today could do.
    late = bench.person()
    bench.comes(first, late)
    bench.vendor.start(bench.study_of(second), late, expect=403)


def test_the_filters_of_a_run_stay_beside_the_group(bench: Bench) -> None:
    bench.db.new_worker("p7", "prolific")
    provider = {"filters": [{"filter": "age", "lower": "18"}], "exclude_groups": ["pilot"]}
    run = bench.live(2, provider=provider, task=excluding(workers=("p7",)))
    there = filters_of(bench, run)
    assert there["age"]["lower"] == 18
    assert len(there[study.BARRED]) == 3  # pilot, blocked, and its own
    assert study.EARLIER not in there
    bench.vendor.start(bench.study_of(run), "p7", expect=403)


def test_other_accounts_of_the_person_are_kept_out(bench: Bench) -> None:
    with bench.db.write() as w:
        ids = [int(bench.db.new_worker(name, vendor)) for name, vendor in
               (("ann", "inhouse"), ("p1", "prolific"), ("p2", "prolific"))]  # fmt: skip
        identities.join(w, ids[:2])
        remarks.set_tag(w, "worker", [ids[0]], "rude", True)
    run = bench.live(2, task=excluding(tags=("rude",)))
    assert own_group(bench, run) == ["p1"]
    bench.vendor.start(bench.study_of(run), "p1", expect=403)
    bench.vendor.start(bench.study_of(run), "p2")


def test_the_filter_of_studies_is_used_only_where_it_is_offered(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = bench.live(2)
    bench.sends(bench.comes(first, "p1"))
    monkeypatch.setattr(study, "EARLIER", "a_filter_that_nobody_offers")
    second = bench.live(2, task=excluding(first))
    assert set(filters_of(bench, second)) == {study.BARRED}
    bench.vendor.start(bench.study_of(second), "p1", expect=403)


def test_the_group_is_there_and_named_before_anybody_can_come(bench: Bench) -> None:
    bench.db.new_worker("p1", "prolific")
    bench.live(1, task=excluding(workers=("p1",)))
    order = [
        call for call in bench.sent.changes() if "participants" in call or "PATCH" in call or "trans" in call
    ]
    assert [call.split()[0] for call in order][-3:] == ["POST", "PATCH", "POST"]


@pytest.mark.parametrize("route", [MAKE, MEMBERS, CHANGE])
@pytest.mark.parametrize("kind", ["act_then_drop", "broken_after", "wrong_json", "broken"])
def test_a_lost_answer_is_looked_up_and_nothing_is_made_twice(bench: Bench, route: str, kind: str) -> None:
    bench.db.new_worker("p1", "prolific")
    run = bench.run(2, task=excluding(workers=("p1",)))
    bench.vendor.faults({"kind": kind, "route": route, "times": 1})
    action = bench.action(ActionKind.SET_UP, run, payload={"server_url": "https://tasks.example/run"})
    assert bench.carry_out(action).state == ActionState.DONE
    bench.restart()
    assert len(bench.studies()) == 1
    assert own_group(bench, run) == ["p1"]
    launch(bench.provider, run)
    bench.vendor.pass_time()
    bench.vendor.start(bench.study_of(run), "p1", expect=403)


def patches(bench: Bench) -> list[str]:
    return [route for route in bench.sent.changes() if route.startswith("PATCH")]


def test_later_additions_grow_the_group_of_a_study_that_is_out(bench: Bench) -> None:
    with bench.db.write() as w:
        ids = [int(bench.db.new_worker(f"p{n}", "prolific")) for n in range(3)]
        remarks.set_tag(w, "worker", ids[:1], "rude", True)
    run = bench.live(3, task=excluding(tags=("rude",)))
    bench.vendor.start(bench.study_of(run), "p0", expect=403)
    with bench.db.write() as w:
        remarks.set_tag(w, "worker", ids[1:2], "rude", True)
    changes = patches(bench)
    assert changes
    assert bench.set_up(run).state == ActionState.DONE
    assert patches(bench) == changes, "a published study is not changed"
    assert own_group(bench, run) == ["p0", "p1"]
    bench.vendor.start(bench.study_of(run), "p1", expect=403)
    bench.vendor.start(bench.study_of(run), "p2")


def test_a_study_that_came_out_without_a_group_says_what_to_do(bench: Bench) -> None:
    bench.db.new_worker("p1", "prolific")
    run = bench.live(2)
    with pytest.raises(Exception, match="takes no new filters"):
        bench.provider.exclude(run, [bench.db.find_workers("p1", "prolific")[0]])


def test_terms_that_are_gone_stop_the_set_up(bench: Bench) -> None:
    run = bench.run(2, task=excluding(workers=("nobody",)))
    outcome: Outcome = bench.set_up(run)
    assert outcome.state == ActionState.REFUSED
    assert "nobody here is called 'nobody'" in outcome.reason


def test_the_pool_of_a_run_shown_here_bars_them_as_well(bench: Bench) -> None:
    with bench.db.write() as w:
        worker = int(bench.db.new_worker("p1", "prolific"))
    run = bench.live(2, task=excluding(tags=("rude",)))
    pool = LiveTaskRun(bench.db, bench.again(run)).worker_pool
    agent = bench.comes(run, "p1")
    bench.sends(agent)
    with bench.db.write() as w:
        remarks.set_tag(w, "worker", [worker], "rude", True)
    offer = pool.begin(bench.db.find_workers("p1", "prolific")[0])
    assert offer.kind == "barred"


def test_a_group_that_was_deleted_elsewhere_is_made_anew_with_everybody(bench: Bench) -> None:
    with bench.db.write() as w:
        ids = [int(bench.db.new_worker(f"p{n}", "prolific")) for n in range(2)]
        remarks.set_tag(w, "worker", ids, "rude", True)
    run = bench.run(2, task=excluding(tags=("rude",)))
    assert bench.set_up(run).state == ActionState.DONE
    (group,) = [g for g in groups_at(bench) if "kept out" in g["name"]]
    bench.vendor.ask("DELETE", f"/participant-groups/{group['id']}/", expect=204)
    assert bench.set_up(run).state == ActionState.DONE
    assert own_group(bench, run) == ["p0", "p1"]
    assert group["id"] not in filters_of(bench, run)[study.BARRED]
    launch(bench.provider, run)
    bench.vendor.pass_time()
    bench.vendor.start(bench.study_of(run), "p0", expect=403)


def groups_at(bench: Bench) -> list[dict[str, Any]]:
    query = {"workspace_id": bench.vendor.workspace, "active": "true"}
    found: list[dict[str, Any]] = bench.vendor.ask("GET", "/participant-groups/", query=query)["results"]
    return found


def test_many_people_are_added_in_several_calls(bench: Bench) -> None:
    client = bench.account.client()  # type: ignore[attr-defined]
    groups = Groups(client, bench.provider.datastore, bench.account.workspace_id())  # type: ignore[attr-defined]
    people = [f"{number:024x}" for number in range(1_100)]
    group = groups.hold("many", people)
    added = [route for route in bench.sent.changes() if route.endswith("/participants/")]
    assert len(added) == 3
    assert sorted(client.group_members(group)) == people
    assert groups.hold("many", []) == group
