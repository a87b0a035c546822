"""The verbs of workers, the same in every list: bonus, block, unblock, grant and revoke.

What is known of the people is read first; where several accounts or runs could be meant, one is asked for;
then the verb's own dialog opens, and the desk records what it answers.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from crowddesk.domain import ActionKind, CrowdDeskError, money_text
from crowddesk.language import mark, say, say_count
from crowddesk.ui.dialogs.money import BlockDialog, BonusDialog, QualificationDialog
from crowddesk.ui.dialogs.people import ChoosePlaceDialog, NewQualificationDialog, Place
from crowddesk.ui.dialogs.tell import MessageDialog, TellFacts
from crowddesk.ui.messages import Toast
from crowddesk.ui.offers import Offers
from crowddesk.ui.session import Session
from crowddesk.ui.verbs import STILL_READING, Verbs, environment_of, show_error
from crowddesk.ui.worker_commands import words_of

if TYPE_CHECKING:
    from crowddesk.data_model.database import CrowdDatabase
    from crowddesk.lanes import Job
    from crowddesk.operations.decisions import Decided

logger = logging.getLogger(__name__)
_DELETE = Qt.WidgetAttribute.WA_DeleteOnClose
_QUESTIONS = {
    ActionKind.BONUS: mark("What is the bonus for? It counts against the budget of the run you choose."),
    ActionKind.BLOCK: mark("Which account shall give them no more work?"),
    ActionKind.UNBLOCK: mark("Which account shall take them back?"),
    ActionKind.GRANT: mark("Which account tells the vendor?"),
    ActionKind.REVOKE: mark("Which account tells the vendor?"),
    ActionKind.MESSAGE: mark(
        "What is it about? They read the message under the name of that account or run."
    ),
}


@dataclass(frozen=True, slots=True)
class People:
    """What is known of the chosen workers before a verb; `shown` are their names as dialogs say them."""

    kind: str
    ids: list[int]
    names: list[str]
    shown: list[str]
    waiting: int
    places: list[Place]
    qualifications: list[str]
    vendors: list[str]


class WorkerVerbs(Verbs):
    """Bonus, block, unblock, grant and revoke, for the workers that `selected` names (None: not known)."""

    def __init__(
        self, session: Session, window: QWidget, toast: Toast, selected: Callable[[], Sequence[int] | None]
    ) -> None:
        super().__init__(session, window, toast, selected)
        self._bonus: BonusDialog | None = None
        self._fee_job: Job | None = None
        self.scorecard = self._action(self.tr("Scorecard…"), "lists.scorecard", self.show_scorecard)
        self.actions = [
            self._action(self.tr("Pay a bonus…"), "lists.bonus", partial(self.begin, ActionKind.BONUS)),
            self._action(
                self.tr("Grant a qualification…"), "lists.grant", partial(self.begin, ActionKind.GRANT)
            ),
            self._action(self.tr("Revoke a qualification…"), "", partial(self.begin, ActionKind.REVOKE)),
            self._action(self.tr("Block…"), "", partial(self.begin, ActionKind.BLOCK)),
            self._action(self.tr("Unblock…"), "", partial(self.begin, ActionKind.UNBLOCK)),
            self.scorecard,
            self._action(self.tr("Write a message…"), "", partial(self.begin, ActionKind.MESSAGE)),
        ]
        Offers.of(session).bind(self.actions[-1], ActionKind.MESSAGE)

    def begin(self, kind: str, worker_ids: Sequence[int] | None, *, nameless: bool = False) -> None:
        """Reads what is known of these people, then asks. `nameless`: dialogs do not say who they are."""
        if worker_ids is None:
            self._toast.say(say(STILL_READING))
            return
        ids = list(worker_ids)
        if not ids:
            self._toast.say(self.tr("Select the people first."))
            return
        db = self._session.db
        self._session.ask(lambda conn: _people(db, conn, kind, ids, nameless), self._choose_place, self._fail)

    def show_scorecard(self, worker_ids: Sequence[int] | None) -> None:
        """Opens the scorecard of one person."""
        if worker_ids is None:
            self._toast.say(say(STILL_READING))
        elif len(worker_ids) != 1:
            self._toast.say(self.tr("Select one person for their scorecard."))
        else:
            self._session.ask(partial(_name_of, worker_ids[0]), self._open_scorecard, self._fail)

    def make_qualification(self) -> None:
        """Asks for a name and makes the qualification."""
        self._session.ask(_known_qualifications, self._ask_qualification, self._fail)

    # ------------------------------------------------------------------------------------------- asking

    def _choose_place(self, people: People) -> None:
        if not people.places:
            self._toast.say(_no_place(people))
        elif people.kind == ActionKind.REVOKE and not people.qualifications:
            self._toast.say(self.tr("None of them has a qualification."))
        elif len(people.places) == 1:
            self._ask(people, people.places[0])
        else:
            who = (
                people.shown[0]
                if len(people.names) == 1
                else say_count("%n people", "%n person", len(people.names))
            )
            title = {
                ActionKind.BONUS: self.tr("Pay a bonus to {0}"),
                ActionKind.BLOCK: self.tr("Block {0}"),
                ActionKind.UNBLOCK: self.tr("Unblock {0}"),
                ActionKind.GRANT: self.tr("Grant a qualification to {0}"),
                ActionKind.REVOKE: self.tr("Revoke a qualification of {0}"),
                ActionKind.MESSAGE: self.tr("Write to {0}"),
            }[people.kind]
            dialog = ChoosePlaceDialog(
                title.format(who), say(_QUESTIONS[people.kind]), people.places, self._window
            )
            dialog.setAttribute(_DELETE)
            dialog.accepted.connect(lambda: self._ask(people, dialog.value()))
            dialog.open()

    def _ask(self, people: People, place: Place) -> None:
        dialog: BonusDialog | BlockDialog | QualificationDialog | MessageDialog
        if people.kind == ActionKind.BONUS:
            dialog = BonusDialog(
                people.shown,
                place.currency,
                self._window,
                available=place.free_minor,
                environment=place.environment,
            )
            self._bonus = dialog
            dialog.fee_wanted.connect(partial(self._ask_fee, place.requester_id))
            dialog.finished.connect(self._forget_bonus)
            take = partial(self._pay, people, place, dialog)
        elif people.kind == ActionKind.MESSAGE:
            there = [v == place.provider_type for v in people.vendors]
            facts = TellFacts(
                list(compress(people.shown, there)),
                0,
                place.environment,
                place.provider_type,
                place.run_title,
                place.requester_name,
                place.run_id,
                [name for name, here in zip(people.shown, there, strict=True) if not here],
            )
            dialog = MessageDialog(facts, self._window)
            take = partial(self._write, people, place, dialog)
        elif people.kind in (ActionKind.BLOCK, ActionKind.UNBLOCK):
            dialog = BlockDialog(
                people.kind,
                people.shown,
                self._window,
                open_units=people.waiting,
                environment=place.environment,
            )
            take = partial(self._block, people, place, dialog)
        else:
            dialog = QualificationDialog(people.kind, people.shown, people.qualifications, self._window)
            take = partial(self._qualify, people, place, dialog)
        if people.shown == people.names:  # a line with names would tell them
            dialog.set_command(partial(words_of, dialog, people.names, place))
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(take)
        dialog.open()

    def _open_scorecard(self, found: tuple[int, str]) -> None:
        from crowddesk.ui.scorecard import open_scorecard

        open_scorecard(self._session, *found, self._window)

    def _ask_qualification(self, known: list[str]) -> None:
        dialog = NewQualificationDialog(known, self._window)
        dialog.setAttribute(_DELETE)
        dialog.accepted.connect(lambda: self._make(dialog))
        dialog.open()

    # ------------------------------------------------------------------------------------ a bonus's fee

    def _ask_fee(self, requester_id: int, amount: int, people: int) -> None:
        if self._fee_job is not None:
            self._fee_job.cancel()  # of an amount that stands there no more
        work = partial(_fee_of, requester_id, amount, people)
        self._fee_job = self._session.run_job(work, self._show_fee, self._fail)

    def _show_fee(self, found: tuple[int, int | str]) -> None:
        amount, fee = found
        if self._bonus is None:
            return
        if isinstance(fee, str):
            self._bonus.show_no_fee(amount, fee)
        else:
            self._bonus.show_fee(amount, fee)

    def _forget_bonus(self) -> None:
        self._bonus = None

    # ----------------------------------------------------------------------------------------- recording

    def _pay(self, people: People, place: Place, dialog: BonusDialog) -> None:
        bonus = dialog.value()
        after = self._session.send_after(place.sandbox)

        def pay(db: Any) -> Decided:
            from crowddesk.operations import paying

            return paying.pay_bonus(
                db,
                place.requester_id,
                people.ids,
                bonus.amount,
                bonus.reason,
                sequence=bonus.sequence,
                run_id=place.run_id,
                send_after=after,
            )

        each = money_text(bonus.amount, bonus.currency)
        self.recorder.record(
            pay,
            lambda count: say_count("Bonus of {0} for %n people", "Bonus of {0} for %n person", count).format(
                each
            ),
            noun="worker",
            leaves=after is not None,
        )

    def _write(self, people: People, place: Place, dialog: MessageDialog) -> None:
        after = self._session.send_after(place.sandbox)
        there = [
            worker for worker, v in zip(people.ids, people.vendors, strict=True) if v == place.provider_type
        ]
        self.recorder.send_message(place.requester_id, there, dialog.value(), place.run_id, after)

    def _block(self, people: People, place: Place, dialog: BlockDialog) -> None:
        value = dialog.value()

        def said(count: int) -> str:
            if value.kind == ActionKind.BLOCK:
                return say_count("%n people blocked", "%n person blocked", count)
            return say_count("%n people unblocked", "%n person unblocked", count)

        self._treat(people, place, said, reason=value.reason)

    def _qualify(self, people: People, place: Place, dialog: QualificationDialog) -> None:
        value = dialog.value()

        def said(count: int) -> str:
            if value.kind == ActionKind.GRANT:
                words = say_count("{0} granted to %n people", "{0} granted to %n person", count)
            else:
                words = say_count("{0} taken from %n people", "{0} taken from %n person", count)
            return words.replace("{0}", value.qualification)

        new = value.kind == ActionKind.GRANT and value.qualification not in people.qualifications
        self._treat(
            people,
            place,
            said,
            make=new,
            qualification_name=value.qualification,
            value=value.value,
        )

    def _treat(
        self, people: People, place: Place, said: Callable[[int], str], *, make: bool = False, **words: Any
    ) -> None:
        after = self._session.send_after(place.sandbox)
        kind, name = people.kind, words.get("qualification_name", "")

        def treat(db: Any) -> Decided:
            from crowddesk.operations import decisions

            if make and not db.find_qualifications(name):
                db.new_qualification(name)
            return decisions.treat_workers(
                db, kind, place.requester_id, people.ids, send_after=after, **words
            )

        self.recorder.record(
            treat,
            said,
            noun="worker",
            leaves=after is not None,
        )

    def _make(self, dialog: NewQualificationDialog) -> None:
        value = dialog.value()

        def make(db: Any) -> str:
            db.new_qualification(value.name, value.description)
            return value.name

        self._session.act(make, self._tell_made, self._fail)

    def _tell_made(self, name: str) -> None:
        self._toast.say(
            self.tr("The qualification {0} is there. Grant it to people in this list.").format(name)
        )

    def _fail(self, error: Exception) -> None:
        show_error(self._window, self.tr("This was not recorded"), error)


def _no_place(people: People) -> str:
    if people.kind == ActionKind.UNBLOCK:
        return say("Nobody of them is blocked.")
    if people.kind == ActionKind.BLOCK:
        return say("They are blocked by every account you have there.")
    if people.kind == ActionKind.MESSAGE:
        return say("No account of yours can write to any of them: their vendors have no messages.")
    return say("No registered account can do this for all of them. Choose people of one vendor.")


def _name_of(worker_id: int, conn: Any) -> tuple[int, str]:
    from crowddesk.domain import NotFound
    from crowddesk.store.queries import WORKERS

    rows = WORKERS.rows(conn, [worker_id])
    if not rows:
        raise NotFound(say("There is no worker {worker}.", worker=worker_id))
    return worker_id, rows[0].person or rows[0].worker_name


def _known_qualifications(conn: Any) -> list[str]:
    from crowddesk.store.queries import QUALIFICATIONS

    return [row.qualification_name for row in QUALIFICATIONS.iterate(conn)]


def _people(db: Any, conn: Any, kind: str, ids: list[int], nameless: bool) -> People:
    """In the reader: the people, and what accounts and runs the verb could be for, the likeliest first."""
    from crowddesk.operations.decisions import offers
    from crowddesk.store.queries import REQUESTERS, WORKERS, blocking_accounts, runs_of_workers

    rows = WORKERS.rows(conn, ids)
    vendors = {row.provider_type for row in rows}
    tells = kind == ActionKind.MESSAGE  # those at other vendors are left out, and named
    accounts = [
        _place(account)
        for account in REQUESTERS.iterate(conn)
        if account.registered
        and (account.provider_type in vendors if tells else vendors == {account.provider_type})
    ]
    blocks = blocking_accounts(conn, ids)
    if kind == ActionKind.UNBLOCK:
        places = [place for place in accounts if blocks.get(place.requester_id)]
    elif kind == ActionKind.BLOCK:
        places = [place for place in accounts if blocks.get(place.requester_id, 0) < len(rows)]
    else:
        places = accounts
    if kind == ActionKind.MESSAGE:
        places = [place for place in accounts if offers(place.provider_type, kind)]
    if kind in (ActionKind.BONUS, ActionKind.MESSAGE):
        known = {place.requester_id: place for place in places}
        runs = [
            _place(known[run.requester_id], run=run, free=free)
            for vendor in sorted(vendors)
            for run, free in runs_of_workers(conn, [row.id for row in rows if row.provider_type == vendor])
            if run.requester_id in known
        ]
        places = runs + places
    if kind == ActionKind.REVOKE:
        names = sorted({name for row in rows for name, _ in row.qualifications})
    else:
        names = _known_qualifications(conn)
    return People(
        kind=kind,
        ids=[row.id for row in rows],
        names=[row.worker_name for row in rows],
        shown=[
            say("worker {number}", number=place) if nameless else row.worker_name
            for place, row in enumerate(rows, start=1)
        ],
        waiting=sum(row.completed for row in rows),
        places=places,
        qualifications=names,
        vendors=[row.provider_type for row in rows],
    )


def _fee_of(
    requester_id: int, amount: int, people: int, db: CrowdDatabase, _job: Job
) -> tuple[int, int | str]:
    """In a job, because it may ask the vendor: the fee of a bonus of so much each, or why it is not known."""
    from crowddesk.data_model.requester import Requester
    from crowddesk.registry import get_crowd_provider_from_type

    try:
        account = Requester.get(db, str(requester_id))
        provider = get_crowd_provider_from_type(account.provider_type)(db)
        return amount, provider.quote_for(account, ActionKind.BONUS, amount, people)
    except CrowdDeskError as error:
        return amount, str(error)
    except Exception as error:  # a vendor's code may raise anything
        logger.info("The fee of a bonus could not be asked for", exc_info=True)
        return amount, say("The vendor's code failed: {error}", error=error)


def _place(account: Any, *, run: Any = None, free: int | None = None) -> Place:
    requester_id = account.requester_id if isinstance(account, Place) else account.id
    return Place(
        requester_id=requester_id,
        requester_name=account.requester_name,
        provider_type=account.provider_type,
        sandbox=account.sandbox,
        environment=environment_of(account.provider_type, account.sandbox),
        currency=account.currency,
        run_id=None if run is None else run.id,
        run_title="" if run is None else run.title,
        free_minor=free,
    )
