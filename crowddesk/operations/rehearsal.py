"""A rehearsal: the very same run, first against the vendor's stand-in in the box, and what came of it.

Only the provider's part of a run is changed, so what is rehearsed is the study itself: its page, its filters,
its completion codes, its payments. Called from any thread but the GUI's.
"""

from __future__ import annotations

import dataclasses
import statistics
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from crowddesk import settings
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.data_model.task_run import TaskRun
from crowddesk.domain import (
    ActionKind,
    ActionState,
    BadInput,
    Conflict,
    WageAdvice,
    to_major,
)
from crowddesk.language import say
from crowddesk.operations import accounts, launch
from crowddesk.operations import progress as standing
from crowddesk.operations.estimate import estimate_run
from crowddesk.operations.run_file import RunConfig
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store.queries import ACTIONS, UNITS, ActionRow, Scope

#: Vendor -> its stand-in.
STAND_INS: Final[Mapping[str, str]] = {"prolific": "prolific_sandbox"}
#: People work so many times as fast as they would, where nothing else is asked for.
SPEED: Final = 300.0
#: A rehearsal's account has at least so many times what the run costs.
_AMPLE: Final = 3
_LEAST_BALANCE: Final = 1_000_000
AWAITING: Final = "AWAITING REVIEW"


def can_rehearse(provider_type: str) -> bool:
    """Whether runs of a vendor can be rehearsed."""
    return provider_type in STAND_INS


def rehearsal_of(
    config: RunConfig,
    *,
    people: int | None = None,
    bad_day: bool = False,
    seed: int | None = None,
    speed: float = SPEED,
    public_url: str = "",
) -> RunConfig:
    """The run as its rehearsal: the same but for the vendor, the account and the people who come.

    `people` is how many there are in all (None: as many as the stand-in has by itself), `bad_day` makes the
    vendor fail now and then, `speed` divides the people's waits. The vendor shows the tasks itself where it
    would for a desk at `public_url`. Raises BadInput for a run of another vendor.
    """
    kind = config.provider._provider_type
    if kind not in STAND_INS:
        raise BadInput(
            say(
                "provider._provider_type: a run at {kind} cannot be rehearsed, one at prolific can.",
                kind=kind,
            )
        )
    args_class = get_crowd_provider_from_type(STAND_INS[kind]).ArgsClass
    known = {field.name for field in dataclasses.fields(args_class)}
    same = {f.name: getattr(config.provider, f.name) for f in dataclasses.fields(config.provider)}
    values: dict[str, Any] = {name: value for name, value in same.items() if name in known} | {
        "_provider_type": STAND_INS[kind],
        "requester_name": account_name(config.provider.requester_name),
        "hosting": _hosting(config, public_url),
        "speed": speed,
        "bad_day": bad_day,
    }
    if people is not None:
        values["people"] = people
    if seed is not None:
        values["seed"] = seed
    return dataclasses.replace(config, provider=args_class(**values))


def _hosting(config: RunConfig, public_url: str) -> str:
    """Who shows the tasks, as in earnest; here, where that cannot be yet."""
    vendor = get_crowd_provider_from_type(config.provider._provider_type)
    try:
        return vendor.hosting(config.args, public_url).where
    except BadInput:
        return "here"


def account_name(requester_name: str) -> str:
    """What the account of an account's rehearsals is called."""
    return f"Rehearsal of {requester_name}"


def rehearse(
    db: CrowdDatabase,
    config: RunConfig,
    *,
    people: int | None = None,
    bad_day: bool = False,
    seed: int | None = None,
    speed: float = SPEED,
    created: Callable[[int], None] | None = None,
    checking: Callable[[int], None] | None = None,
    progress: launch.Progress | None = None,
) -> int:
    """Launches a run's rehearsal, whose account is made where there is none yet; returns the run's id.

    Raises what `rehearsal_of` and `launch.create_run` raise, and VendorError where the stand-in cannot start.
    """
    public_url = settings.load(db.folder).task_server.public_url
    rehearsal = rehearsal_of(
        config, people=people, bad_day=bad_day, seed=seed, speed=speed, public_url=public_url
    )
    requester = _account(db, rehearsal)
    cost = estimate_run(db, rehearsal, checking)
    provider: Any = get_crowd_provider_from_type(rehearsal.provider._provider_type)(db)
    provider.fill_wallet(requester, max(_LEAST_BALANCE, _AMPLE * cost.total))
    more = {} if progress is None else {"progress": progress}
    return launch.create_run(db, rehearsal, created=created, checking=checking, **more)


def _account(db: CrowdDatabase, config: RunConfig) -> Requester:
    """The rehearsals' own account; one in another currency has another name."""
    name, kind, currency = (
        config.provider.requester_name,
        config.provider._provider_type,
        config.task.currency,
    )
    found = db.find_requesters(requester_name=name, provider_type=kind)
    if found and found[0].is_registered():
        if found[0].currency != currency:
            raise Conflict(
                say(
                    "The account {name!r} is in {currency}, the run in {run_currency}. Rehearse a run in "
                    "{currency}, or rename that account.",
                    name=name,
                    currency=found[0].currency,
                    run_currency=currency,
                )
            )
        return found[0]
    balance = str(to_major(_LEAST_BALANCE, currency))
    made = accounts.add_requester(db, kind, name, {"currency": currency, "balance": balance})
    return Requester.get(db, made)


def waiting(db: CrowdDatabase, run_id: int) -> tuple[list[int], bool]:
    """The units of a run whose people wait for a decision at the vendor, and whether nobody else will.

    An answer on our own page is not enough: its person may still be on the way back, or out of time.
    """
    is_over = standing.of_run(db, run_id).ended
    with db.read() as conn:
        units = UNITS.iterate(conn, UNITS.parse("status:completed"), Scope(run_id=run_id))
        found = {unit.id: unit.vendor_status == AWAITING for unit in units}
    return [unit_id for unit_id, waits in found.items() if waits], is_over and all(found.values())


# ------------------------------------------------------------------------------------------- the report


@dataclass(frozen=True, slots=True)
class FaultMet:
    """A fault that the stand-in made: its kind, what that means, how often it struck."""

    kind: str
    meaning: str
    times: int


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """What a rehearsal came to. Money in minor units of `currency`, by the stand-in's own ledger.

    `places` were offered, `arrived` took one; `no_code` and `wrong_code` of those who submitted came back
    without the right code. `rejected` counts by category. `awaiting` cost `cost_of_awaiting` more if they are
    approved. `study_cost` is what the vendor's own call says of it all; `agrees` that it is the same to the
    cent. Times are medians in seconds, as the people took them; wages are an hour, None where nothing is
    known. `endings` counts the actions at the vendor by how they ended, `need_you` says what waits for a
    person, one sentence each; `cannot_prove` is what no rehearsal shows.
    """

    run_id: int
    title: str
    currency: str
    places: int
    arrived: int
    at_work: int
    submitted: int
    awaiting: int
    approved: int
    rejected: dict[str, int]
    returned: int
    timed_out: int
    no_code: int
    wrong_code: int
    bonuses: int
    rewards_minor: int
    fees_minor: int
    vat_minor: int
    bonuses_minor: int
    bonus_fees_minor: int
    bonus_vat_minor: int
    cost_of_awaiting: int
    study_cost: int
    median_seconds: float | None
    wage: int | None
    advice: WageAdvice | None
    faults: tuple[FaultMet, ...]
    endings: dict[str, int]
    need_you: tuple[str, ...]
    cannot_prove: str

    @property
    def cost(self) -> int:
        """What the run would have cost until now, in minor units."""
        return (
            self.rewards_minor + self.fees_minor + self.vat_minor
            + self.bonuses_minor + self.bonus_fees_minor + self.bonus_vat_minor
        )  # fmt: skip

    @property
    def agrees(self) -> bool:
        """Whether the ledger and the vendor's own call say the same."""
        return self.cost == self.study_cost


def report(db: CrowdDatabase, run_id: int) -> RehearsalReport:
    """What came of a rehearsal until now. Raises NotFound, BadInput for a run that is none, VendorError."""
    run = TaskRun.get(db, str(run_id))
    if run.provider_type not in STAND_INS.values():
        raise BadInput(
            say(
                "Run {run_id} is at {provider_type}: it was no rehearsal.",
                run_id=run_id,
                provider_type=run.provider_type,
            )
        )
    provider: Any = run.get_provider()
    told = provider.tell(run)
    statuses = Counter(told.statuses)
    with db.read() as conn:
        acts = list(ACTIONS.iterate(conn, ACTIONS.parse(""), Scope(run_id=run_id)))
        units = UNITS.iterate(conn, UNITS.parse(""), Scope(run_id=run_id))
        # Our own clock runs on while people wait in quick motion; what their page says is in their time.
        times = [unit.active_seconds or unit.seconds for unit in units]
    seconds = [time for time in times if time]
    rejected = Counter(
        act.category or say("no category")
        for act in acts
        if act.kind == ActionKind.REJECT and act.state == ActionState.DONE
    )
    median = statistics.median(seconds) if seconds else None
    reward = int(db.get_task_run(str(run_id))["reward_minor"])
    paid = {kind: [row for row in told.ledger if row["kind"] in kinds] for kind, kinds in _PAID.items()}

    def total(kind: str, part: str) -> int:
        return sum(int(row[part]) for row in paid[kind])

    done = (AWAITING, "APPROVED", "PARTIALLY APPROVED", "REJECTED")
    return RehearsalReport(
        run_id=run_id,
        title=run.title,
        currency=run.currency,
        places=told.places,
        arrived=sum(statuses.values()) - statuses["RESERVED"],
        at_work=statuses["ACTIVE"],
        submitted=sum(statuses[status] for status in done),
        awaiting=statuses[AWAITING],
        approved=statuses["APPROVED"] + statuses["PARTIALLY APPROVED"],
        rejected=dict(sorted(rejected.items())),
        returned=statuses["RETURNED"],
        timed_out=statuses["TIMED-OUT"],
        no_code=told.without_code,
        wrong_code=told.with_wrong_code,
        bonuses=len(paid["bonus"]),
        rewards_minor=total("reward", "amount"),
        fees_minor=total("reward", "fee"),
        vat_minor=total("reward", "vat"),
        bonuses_minor=total("bonus", "amount"),
        bonus_fees_minor=total("bonus", "fee"),
        bonus_vat_minor=total("bonus", "vat"),
        cost_of_awaiting=told.cost_of_awaiting,
        study_cost=told.study_cost,
        median_seconds=median,
        wage=round(reward * 3600 / median) if median else None,
        advice=provider.wage_advice(run.get_requester()),
        faults=tuple(FaultMet(*fault) for fault in told.faults),
        endings=dict(sorted(Counter(map(_ending, acts)).items())),
        need_you=tuple(_plea(act) for act in acts if act.state == ActionState.NEEDS_YOU),
        cannot_prove=told.cannot_prove,
    )


_PAID: Final[Mapping[str, tuple[str, ...]]] = {"reward": ("reward", "screen_out"), "bonus": ("bonus",)}


def _ending(act: ActionRow) -> str:
    """How an action came to its end, in a few words."""
    match act.state:
        case ActionState.DONE if act.attempt > 1:
            return say("done after it was sent again")
        case ActionState.DONE if '"looked_up"' in act.evidence:
            return say("done, found by looking it up")
        case ActionState.DONE:
            return say("done")
        case ActionState.NEEDS_YOU:
            return say("waits for you")
        case ActionState.REFUSED:
            return say("refused")
        case ActionState.CANCELLED:
            return say("taken back")
    return say("on its way")


def _plea(act: ActionRow) -> str:
    on = say("unit {id}", id=act.unit_id) if act.unit_id else f"{act.target_type} {act.target_id}"
    return say(
        "Action {id}, {kind} of {on}: {outcome}",
        id=act.id,
        kind=act.kind.replace("_", "-"),
        on=on,
        outcome=act.outcome,
    )
