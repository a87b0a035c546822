"""Before a run is launched: who shows it, what it comes to an hour, what its vendor says it costs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from crowddesk import settings
from crowddesk.domain import BadInput, Hosting, OverBudget, VendorError, WageAdvice
from crowddesk.operations import launch
from crowddesk.operations.estimate import estimate_run
from crowddesk.providers.mock import MockProvider
from crowddesk.providers.mock.terms import MockArgs

Bench = Any


@dataclass
class HostedArgs(MockArgs):
    hosting: str = field(default="auto", metadata={"choices": ("auto", "here", "vendor")})


@pytest.fixture
def hosted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The practice vendor leaves a choice who shows a run."""

    def hosting(cls: Any, args: Any, public_url: str) -> Hosting:
        if args.provider.hosting == "here" and not public_url:
            raise BadInput("provider.hosting: there is no public address.")
        here = args.provider.hosting == "here" or (args.provider.hosting == "auto" and public_url)
        return Hosting("here" if here else "vendor", f"by {public_url or 'the vendor'}")

    monkeypatch.setattr(MockProvider, "ArgsClass", HostedArgs)
    monkeypatch.setattr(MockProvider, "hosting", classmethod(hosting))


def test_a_vendor_that_leaves_no_choice_says_nothing_of_hosting(bench: Bench) -> None:
    cost = estimate_run(bench.db, bench.config(3))
    assert (cost.hosting, cost.wage, cost.wage_advice, cost.vendor_total) == (None, None, None, None)


@pytest.mark.usefixtures("hosted")
def test_who_shows_a_run_is_decided_before_it_is_launched_and_kept(bench: Bench) -> None:
    assert estimate_run(bench.db, bench.config(1)).hosting == Hosting("vendor", "by the vendor")
    run = bench.launch(1)
    args = launch.stored_config(bench.db, bench.db.get_task_run(str(run))).provider
    assert args.hosting == "vendor"  # type: ignore[attr-defined]
    with pytest.raises(BadInput, match="no public address"):
        estimate_run(bench.db, bench.config(1, "provider.hosting=here"))
    chosen = settings.load(bench.db.folder)
    chosen.task_server.public_url = "https://lab.example.org"
    settings.save(bench.db.folder, chosen)
    cost = estimate_run(bench.db, bench.config(1))
    assert cost.hosting == Hosting("here", "by https://lab.example.org")


def test_the_wage_an_hour_follows_from_the_time_and_stands_beside_the_advice(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    advice = WageAdvice("USD", 600, 900)
    monkeypatch.setattr(MockProvider, "wage_advice", lambda self, account: advice)
    cost = estimate_run(bench.db, bench.config(1, "task.estimated_minutes=1.5"))
    assert (cost.wage, cost.wage_advice) == (400, advice)
    cost = estimate_run(bench.db, bench.config(1, "task.estimated_minutes=0.7"))
    assert cost.wage == 857  # 10 * 60 / 0.7, and no float's last digit


def test_a_run_may_be_launched_without_advice(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def wage_advice(self: MockProvider, account: Any) -> None:
        raise VendorError("no network")

    monkeypatch.setattr(MockProvider, "wage_advice", wage_advice)
    assert estimate_run(bench.db, bench.config(1)).wage_advice is None


@pytest.mark.parametrize("minutes", ["0", "-1", "nan", "1e12", "soon"])
def test_a_time_that_cannot_be_is_refused(bench: Bench, minutes: str) -> None:
    with pytest.raises(BadInput, match=r"task\.estimated_minutes"):
        bench.config(1, f"task.estimated_minutes={minutes}")


def test_fees_are_those_of_the_account_and_the_vendors_total_counts(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, int, int]] = []

    def quote_for(self: MockProvider, account: Any, kind: str, amount: int, count: int) -> int:
        asked.append((account.requester_name, amount, count))
        return 3 * count + (count > 1)

    monkeypatch.setattr(MockProvider, "quote_for", quote_for)
    cost = estimate_run(bench.db, bench.config(4))
    assert (cost.fee, cost.total, cost.vendor_total, cost.needed) == (3, 52, 53, 53)
    assert asked == [("practice", 10, 1), ("practice", 10, 4)]
    with pytest.raises(OverBudget, match=r"4 units cost USD 0\.53"):
        bench.launch(4, "task.budget=0.52")
