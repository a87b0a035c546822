"""What a run will hold and cost before it is launched, by which account, and who will show its pages.

May ask the vendor for its fees and its advice. Called from any thread but the GUI's.
"""

from __future__ import annotations

import dataclasses
import difflib
import logging
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crowddesk import settings
from crowddesk.blueprints.base import make_shared_state
from crowddesk.blueprints.data_files import Problems
from crowddesk.data_model.database import CrowdDatabase
from crowddesk.data_model.requester import Requester
from crowddesk.domain import ActionKind, BadInput, Hosting, VendorError, WageAdvice, round_half_up
from crowddesk.language import say
from crowddesk.operations.keeping_out import people_kept_out
from crowddesk.operations.run_file import RunConfig, check_files
from crowddesk.providers.base import CrowdProvider
from crowddesk.registry import get_crowd_provider_from_type
from crowddesk.store import exclusion

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run will hold and cost, before it is launched. Money in minor units of `currency`."""

    items: int
    standard_units: int
    gold_units: int
    screening_units: int
    currency: str
    reward: int
    fee: int
    budget: int | None
    problems: Problems
    #: Who shows the run's pages, where its vendor gives the choice.
    hosting: Hosting | None = None
    #: What the reward comes to an hour, where the run says how long a unit takes.
    wage: int | None = None
    wage_advice: WageAdvice | None = None
    #: What the vendor itself says that all units cost, fees included, where it can be asked.
    vendor_total: int | None = None
    #: Whom `task.exclude` keeps out as things stand; None where the run excludes nobody.
    kept_out: exclusion.KeptOut | None = None

    @property
    def units(self) -> int:
        return self.standard_units + self.gold_units + self.screening_units

    @property
    def pay(self) -> int:
        return self.units * self.reward

    @property
    def fees(self) -> int:
        return self.units * self.fee

    @property
    def total(self) -> int:
        return self.pay + self.fees

    @property
    def over_budget(self) -> bool:
        return self.budget is not None and self.needed > self.budget

    @property
    def needed(self) -> int:
        """What the budget has to cover: the vendor's own figure where that is more."""
        return max(self.total, self.vendor_total or 0)


def estimate_run(
    db: CrowdDatabase, config: RunConfig, progress: Callable[[int], None] | None = None
) -> Estimate:
    """Reads all files of a run and says what it will hold, cost, and what is wrong with it.

    `progress` gets the rows read so far, and ends the check by raising. May ask the vendor for its fees and
    its advice. Raises BadInput where the account or the arguments are wrong as a whole; faults of rows are in
    `problems`.
    """
    requester = find_requester(db, config)
    provider_class = get_crowd_provider_from_type(requester.provider_type)
    checked = check_files(config, progress=progress)
    hosting = None
    if not checked.problems.errors:
        config, hosting = decide_hosting(db, config)
        provider_class.assert_task_args(config.args, make_shared_state(config.args, config.make_blueprint()))
    gold, screening = config.task.gold, config.task.screening
    provider = provider_class(db)
    cost = Estimate(
        items=checked.items,
        standard_units=checked.items * config.blueprint.units_per_assignment,
        gold_units=0 if gold is None else checked.gold_items * gold.units_per_item,
        screening_units=0 if screening is None else checked.screening_items * screening.units,
        currency=config.task.currency,
        reward=config.reward,
        fee=provider.quote_for(requester, ActionKind.APPROVE, config.reward, 1),
        budget=config.budget,
        problems=checked.problems,
        hosting=hosting,
        wage=_wage(config),
        wage_advice=_advice(provider, requester),
        kept_out=people_kept_out(db, config),
    )
    return dataclasses.replace(cost, vendor_total=vendor_total(provider, requester, cost.reward, cost.units))


def decide_hosting(db: CrowdDatabase, config: RunConfig) -> tuple[RunConfig, Hosting | None]:
    """Who shows the run's pages, by the public address of now, and the run with `auto` replaced by that.

    None where the vendor leaves no choice. Raises BadInput where nobody could show them.
    """
    if not hasattr(config.provider, "hosting"):
        return config, None
    provider_class = get_crowd_provider_from_type(config.provider._provider_type)
    address = settings.load(db.folder).task_server.public_url
    hosting = provider_class.hosting(config.args, address)
    decided: Any = {"hosting": hosting.where}
    return dataclasses.replace(config, provider=dataclasses.replace(config.provider, **decided)), hosting


def _wage(config: RunConfig) -> int | None:
    minutes = config.task.estimated_minutes
    return None if minutes is None else round_half_up(Decimal(config.reward) * 60 / Decimal(str(minutes)))


def _advice(provider: CrowdProvider, requester: Requester) -> WageAdvice | None:
    try:
        return provider.wage_advice(requester)
    except VendorError:  # a run may be launched without advice
        logger.info("The advice on wages could not be had", exc_info=True)
        return None


def vendor_total(provider: CrowdProvider, requester: Requester, reward: int, units: int) -> int | None:
    """What an account's vendor itself says that so many units cost, fees included; None where it does not."""
    if units == 0 or type(provider).quote_for is CrowdProvider.quote_for:
        return None
    return units * reward + provider.quote_for(requester, ActionKind.APPROVE, reward, units)


def find_requester(db: CrowdDatabase, config: RunConfig) -> Requester:
    """The registered account that a run names; BadInput names the nearest one, or what is missing."""
    name, vendor = config.provider.requester_name, config.provider._provider_type
    found = db.find_requesters(requester_name=name, provider_type=vendor)
    if not found:
        known = [r.requester_name for r in db.find_requesters(provider_type=vendor)]
        near = difflib.get_close_matches(name, known, n=1)
        add = f"crowddesk requester add {shlex.quote(name)} --provider {vendor}"
        hint = say("Did you mean {near!r}?", near=near[0]) if near else say("Add it first: {add}", add=add)
        raise BadInput(
            say(
                "provider.requester_name: there is no requester {name!r} at {vendor}. {hint}",
                name=name,
                vendor=vendor,
                hint=hint,
            )
        )
    requester = found[0]
    if not requester.is_registered():
        raise BadInput(
            say(
                "The requester {name!r} is not registered with {vendor} yet. Register it first.",
                name=name,
                vendor=vendor,
            )
        )
    if requester.currency != config.task.currency:
        raise BadInput(
            say(
                "task.currency: the account {name!r} is in {currency}, the run in {run_currency}. A run is "
                "paid in its account's currency.",
                name=name,
                currency=requester.currency,
                run_currency=config.task.currency,
            )
        )
    return requester
