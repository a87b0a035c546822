"""The provider carries a whole run through a lane: launched, worked on, judged, paid extra, cleaned up."""

from decimal import Decimal

import pytest

from crowddesk.domain import ActionKind, AgentStatus, BadInput
from crowddesk.live_run import LiveTaskRun
from crowddesk.operations.decisions import decide, send
from crowddesk.operations.launch import create_run
from crowddesk.operations.paying import pay_bonus
from crowddesk.operations.run_file import load_run
from crowddesk.operations.second_looks import agree
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.testing import make_workspace, register, run_lane

RUN_FILE = """
task: {name: birds, title: Which bird?, description: Name it., reward: 0.50, currency: USD, budget: 10.00,
       maximum_units_per_worker: 2}
blueprint: {_blueprint_type: static_html, template: bird.html, data: birds.csv, item_key: id}
provider: {_provider_type: outside, requester_name: desk, building: annex}
"""


@pytest.fixture
def db(tmp_path):
    db = make_workspace(tmp_path / "workspace")
    yield db
    db.close()


@pytest.fixture
def desk(db):
    outside = get_crowd_provider_from_type("outside")
    return register(outside.RequesterClass.new(db, "desk"), {"pass_phrase": "open sesame", "purse": "1.60"})


@pytest.fixture
def run_file(tmp_path):
    (tmp_path / "bird.html").write_text("<p>${song}</p><input name='bird'>", encoding="utf-8")
    (tmp_path / "birds.csv").write_text("id,song\na,tuwit\nb,tuwoo\nc,cuckoo\n", encoding="utf-8")
    path = tmp_path / "run.yaml"
    path.write_text(RUN_FILE, encoding="utf-8")
    return path


def test_misspelt_argument_is_named(run_file):
    with pytest.raises(BadInput, match="building"):
        load_run(run_file, ["provider.bilding=annex"])


def test_whole_run(db, desk, run_file):
    run_id = create_run(db, load_run(run_file))
    run = desk.get_task_runs()[0]
    run_lane(db, desk, lambda: all(u.db_status == "launched" for u in run.get_units()))
    assert run.get_total_spend() == desk.get_total_spend() == Decimal("1.80")

    pool = LiveTaskRun(db, run).worker_pool
    outside = get_crowd_provider_from_type("outside")
    ann, bob = (outside.WorkerClass.new_from_provider_data(db, {"worker_name": n}) for n in ("ann", "bob"))
    for who, bird in ((ann, "owl"), (bob, "owl"), (ann, "cuckoo")):
        agent = pool.begin(who, {"assignment_id": "page"}).agent
        agent.handle_submit({"bird": bird})
        agent.mark_done()
    assert "2" in pool.begin(ann).reason
    assert [u.db_status for u in run.get_units()] == ["completed"] * 3

    units = [int(u.db_id) for u in run.get_units()]
    decide(db, ActionKind.APPROVE, units[:1])
    decide(db, ActionKind.SOFT_REJECT, units[1:2])
    rejected = decide(db, ActionKind.REJECT, units[2:], reason="This is no cuckoo.")
    assert agree(db, rejected.waiting).action_ids == rejected.action_ids
    extra = pay_bonus(
        db, int(desk.db_id), [int(ann.db_id)], 50, "Good ear.", sequence="1", run_id=run_id, unit_id=units[0]
    )
    assert len(extra.action_ids) == 1
    send(db)
    run_lane(db, desk, lambda: db.get_task_run(str(run_id))["state"] == "closed")

    assert [u.db_status for u in run.get_units()] == ["accepted", "soft_rejected", "rejected"]
    assert [a.db_status for a in db.find_agents()] == [
        AgentStatus.APPROVED,
        AgentStatus.SOFT_REJECTED,
        AgentStatus.REJECTED,
    ]
    assert run.get_total_spend() == Decimal("1.20")
    assert desk.get_available_budget() == pytest.approx(0.10)
    store = db.get_datastore_for_provider("outside")
    assert store.read("SELECT count(*) AS n FROM payments")["n"] == 3
    assert store.read("SELECT count(*) AS n FROM runs")["n"] == 0
