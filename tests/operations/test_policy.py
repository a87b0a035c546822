"""Whatever lies in the ledger, whoever wrote it: no rejection reaches a vendor against the rules."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk import settings
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import ActionKind, ActionState, PolicyRefused
from crowddesk.operations import decisions, second_looks
from crowddesk.operations.lane_work import LaneWork
from crowddesk.operations.policy import RejectionPolicy, Used, recheck, rules_of
from crowddesk.providers.base import RejectionRules
from crowddesk.providers.inhouse import InhouseProvider
from crowddesk.providers.inhouse.entities import InhouseRequester
from crowddesk.providers.inhouse.pay_list import PayList
from crowddesk.store import ledger, wire
from crowddesk.store import second_looks as looks
from crowddesk.store import tables as t
from crowddesk.store.ledger import NewAction
from crowddesk.store.queries import UNITS
from crowddesk.testing.workspace import launch, make_run, make_workspace, register
from tests.providers.inhouse.conftest import answer
from tests.providers.prolific_sandbox.lab import open_lab

Bench = Any
WHY = (
    "Every one of these answers is the same word, although the sentences say very different things; please "
    "read the instructions again."
)


@dataclass
class Market:
    """A vendor with completed units of one person, and what it has heard of rejections."""

    db: CrowdDatabase
    requester_id: int
    lane: LaneWork
    units: list[int]
    category: str
    heard: Callable[[], int]

    def settled(self, ids: list[int]) -> dict[int, tuple[str, str]]:
        """Steps the lane until these actions have ended: action -> (state, outcome)."""
        pause = threading.Event()
        for _ in range(500):
            with self.db.read() as conn:
                rows = ledger.actions_by_id(conn, ids)
            if all(row["state"] in ActionState.FINISHED for row in rows.values()):
                return {i: (rows[i]["state"], rows[i]["outcome"]) for i in ids}
            pause.wait(min(self.lane.step().wait, 0.02))
        raise AssertionError(rows)

    def write(self, units: list[int], reason: str = WHY, category: str | None = None) -> list[int]:
        """Bare rows, straight into the ledger and ready to go, as no part of the program writes them."""
        with self.db.write() as w:
            known = ledger.units_by_id(w.conn, units)
            new = [
                NewAction(
                    requester_id=self.requester_id,
                    kind=ActionKind.REJECT,
                    target_type="unit",
                    target_id=i,
                    unit_id=i,
                    worker_id=known[i]["worker_id"],
                    task_run_id=known[i]["task_run_id"],
                    currency=known[i]["currency"],
                    reason=reason,
                    category=self.category if category is None else category,
                )
                for i in units
            ]
            return list(ledger.stage(w, new, state=ActionState.QUEUED).ids)

    def reject_once(self) -> None:
        """The person's first rejection, as it should be."""
        made = decisions.decide(self.db, "reject", self.units[:1], reason=WHY, category=self.category)
        second_looks.agree(self.db, made.waiting, "It is so.")
        decisions.send(self.db)
        assert {state for state, _ in self.settled(list(made.action_ids)).values()} == {"done"}

    def cap(self, **caps: int) -> None:
        mine = settings.load(self.db.folder)
        for name, value in caps.items():
            setattr(mine.rejections, name, value)
        settings.save(self.db.folder, mine)


@contextmanager
def mock_market(bench: Bench) -> Iterator[Market]:
    run = bench.completed(6, "provider.people=1")
    yield Market(bench.db, 1, bench.lane, bench.ids(run), "", lambda: len(bench.vendor.calls("reject")))


@contextmanager
def inhouse_market(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Market]:
    db = make_workspace(folder)
    provider = InhouseProvider(db)
    account: Requester = InhouseRequester.new(db, "lab")
    account = register(account, {"budget": "25.00", "contact": "ask@lab.example"})
    run = make_run(db, account, items=6)
    launch(provider, run)
    for unit in run.get_units():
        answer(unit, "Ana")
    heard: list[str] = []
    settle = PayList.settle

    def listen(self: PayList, known: Any, action_id: str, kind: str, *more: Any) -> Any:
        heard.extend([kind] if kind == ActionKind.REJECT else [])
        return settle(self, known, action_id, kind, *more)

    patch.setattr(PayList, "settle", listen)
    lane = LaneWork(db, int(account.db_id))
    units = [int(unit.db_id) for unit in run.get_units()]
    yield Market(db, int(account.db_id), lane, units, "", lambda: len(heard))
    lane.stop()
    db.close()


@contextmanager
def prolific_market(workspace: Path, folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Market]:
    with open_lab(workspace, folder, patch) as lab:
        run = lab.launch(6)
        kept = lab.study_of(run)
        lab.submit(kept["study_id"], kept["codes"]["finished"], *range(1, 7))
        lab.until(lambda: lab.statuses(run).get("completed", 0) == 6)
        units = lab.units(run)
        with lab.db.write() as w:  # six accounts of one person
            identity = w.insert(t.Identity, [{"label": "One", "created_at": w.at}])[0]
            w.update(t.Worker, [u.worker_id for u in units if u.worker_id], identity_id=identity)

        def heard() -> int:
            lines = lab.client.submissions(kept["study_id"])
            return sum(line.status == "REJECTED" for line in lines)

        yield Market(lab.db, lab.account, lab.lane, [u.id for u in units], "FAILED_CHECK", heard)


@pytest.fixture(params=["mock", "inhouse", "prolific_sandbox"])
def market(
    request: pytest.FixtureRequest, workspace_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Market]:
    if request.param == "mock":
        made = mock_market(request.getfixturevalue("bench"))
    elif request.param == "inhouse":
        made = inhouse_market(workspace_path, monkeypatch)
    else:
        made = prolific_market(workspace_path, tmp_path, monkeypatch)
    with made as market:
        yield market


def test_no_bare_row_reaches_a_vendor_against_the_rules(market: Market) -> None:
    rules = rules_of(market.db.get_requester(str(market.requester_id))["provider_type"])
    # Nobody has looked at the person's first rejection, whatever the row says.
    (first,) = market.write(market.units[:1])
    state, why = market.settled([first])[first]
    assert (state, market.heard()) == ("refused", 0)
    assert "first rejection" in why
    # Text that the vendor, or the worker, must not get.
    for reason in ("", " \n", "x" * (rules.min_length - 1), f"{WHY} {{their_time}}", "x" * 1_001):
        (bad,) = market.write(market.units[:1], reason)
        assert market.settled([bad])[bad][0] == "refused", reason
    if rules.categories:
        (bad,) = market.write(market.units[:1], category="WHATEVER")
        assert "Choose one of the vendor's reasons" in market.settled([bad])[bad][1]
    assert market.heard() == 0
    # After the first one, over the caps: for the person, for the day, and for one go.
    market.reject_once()
    assert market.heard() == 1
    market.cap(most_per_worker_a_day=2)
    outcomes = market.settled(market.write(market.units[1:4]))
    assert sorted(state for state, _ in outcomes.values()) == ["done", "refused", "refused"], outcomes
    assert "the cap is 2" in " ".join(why for _, why in outcomes.values())
    assert market.heard() == 2
    left = [i for i in market.units if i not in _rejected(market.db)]
    market.cap(most_per_worker_a_day=0, most_a_day=2)
    assert {state for state, _ in market.settled(market.write(left[:1])).values()} == {"refused"}
    market.cap(most_a_day=0, most_per_batch=2)
    assert {state for state, _ in market.settled(market.write(left[:3])).values()} == {"refused"}
    assert market.heard() == 2
    # What keeps the rules leaves.
    assert {state for state, _ in market.settled(market.write(left[:2])).values()} == {"done"}
    assert market.heard() == 4


def _rejected(db: CrowdDatabase) -> list[int]:
    with db.read() as conn:
        return [row.id for row in UNITS.iterate(conn, UNITS.parse("status:rejected"))]


def test_what_is_queued_although_it_waits_is_barred(bench: Bench) -> None:
    run = bench.completed(2)
    made = decisions.decide(bench.db, "reject", bench.ids(run), reason=WHY)
    assert len(made.waiting) == 2
    with bench.db.write() as w:
        ledger.queue(w, made.action_ids)
    bench.work_all()
    assert bench.vendor.calls("reject") == []
    assert bench.states()["refused"] == 2
    (again, _) = decisions.retry(bench.db, made.action_ids).waiting
    assert decisions.send(bench.db) == []
    second_looks.agree(bench.db, [again])
    assert decisions.send(bench.db) == [again]


def test_a_rejection_that_is_in_no_ledger_is_barred(bench: Bench) -> None:
    run = bench.completed(1)
    made = decisions.decide(bench.db, "reject", bench.ids(run), reason=WHY)
    with bench.db.read() as conn:
        row = ledger.actions_by_id(conn, made.action_ids)[made.action_ids[0]]
    forged = wire.action_of({**row, "uuid": "nobody's"})
    assert "not in the ledger" in recheck(bench.db, [forged])["nobody's"]


def test_without_the_setting_a_first_rejection_leaves_and_the_row_says_so(bench: Bench) -> None:
    run = bench.completed(2)
    caps = RejectionPolicy(second_look=False)
    made = decisions.decide(bench.db, "reject", bench.ids(run), reason=WHY, caps=caps)
    assert made.waiting == ()
    with bench.db.read() as conn:
        assert {v for v, *_ in looks.verdicts(conn, made.action_ids).values()} == {looks.WAIVED}
    assert len(decisions.send(bench.db)) == 2
    bench.work_all()
    assert bench.statuses(run) == {"rejected": 2}


def test_settings_that_cannot_be_read_lift_no_cap(bench: Bench) -> None:
    run = bench.completed(26, "provider.people=1")
    (bench.db.folder / settings.FILE_NAME).write_text("rejections: [", encoding="utf-8")
    ids = bench.ids(run)
    caps = RejectionPolicy(most_per_worker_a_day=None, second_look=False)
    decisions.decide(bench.db, "reject", ids, reason=WHY, caps=caps)
    decisions.send(bench.db)
    bench.work_all()
    assert bench.statuses(run) == {"rejected": 25, "completed": 1}


def test_several_accounts_of_one_person_are_one_person(bench: Bench) -> None:
    run = bench.completed(6, "provider.people=6", "task.maximum_units_per_worker=1")
    units = bench.units(run)
    workers = list(dict.fromkeys(u.worker_id for u in units))
    assert len(workers) > 1
    with bench.db.write() as w:
        identity = w.insert(t.Identity, [{"label": "One", "created_at": w.at}])[0]
        w.update(t.Worker, workers, identity_id=identity)
    first = next(u.id for u in units if u.worker_id == workers[0])
    other = next(u.id for u in units if u.worker_id == workers[1])
    caps = RejectionPolicy(most_per_worker_a_day=1)
    with pytest.raises(PolicyRefused, match="would have 2 rejections"):
        decisions.decide(bench.db, "reject", [first, other], reason=WHY, caps=caps)
    made = decisions.decide(bench.db, "reject", [first], reason=WHY)
    second_looks.agree(bench.db, made.waiting)
    decisions.send(bench.db)
    bench.work_all()
    with pytest.raises(PolicyRefused, match="would have 2 rejections"):
        decisions.decide(bench.db, "reject", [other], reason=WHY, caps=caps)
    assert decisions.decide(bench.db, "reject", [other], reason=WHY).waiting == ()


@given(
    batch=st.lists(st.one_of(st.none(), st.integers(1, 4)), max_size=12),
    today=st.integers(0, 6),
    used=st.dictionaries(st.integers(1, 4), st.integers(0, 4)),
    caps=st.tuples(*(st.one_of(st.none(), st.integers(0, 10)),) * 3),
)
def test_a_batch_passes_only_within_every_cap(
    batch: list[int | None], today: int, used: dict[int, int], caps: tuple[int | None, int | None, int | None]
) -> None:
    policy = RejectionPolicy(RejectionRules(), *caps)
    within = (
        (caps[0] is None or len(batch) <= caps[0])
        and (caps[2] is None or today + len(batch) <= caps[2])
        and (caps[1] is None or all(batch.count(p) + used.get(p, 0) <= caps[1] for p in batch if p))
    )
    try:
        policy.check_counts(batch, Used(today, used))
    except PolicyRefused:
        assert not within
    else:
        assert within
