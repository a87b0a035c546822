"""Approve, soft reject and reject, one unit or many: what it costs, and the reason the vendor wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from crowddesk.domain import ActionKind
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.words import category_name, count_text, short_name

_VERBS: Final = {
    ActionKind.APPROVE: "Approve",
    ActionKind.SOFT_REJECT: "Soft reject",
    ActionKind.REJECT: "Reject",
}
_PEOPLE_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class ReasonRules:
    """What a vendor and our own caution ask of a decision.

    Lengths are in characters, 0 for none; `categories` are the vendor's, empty if it has none; `softer_first`
    offers the soft rejection before a rejection; `max_rejections...` are caps, None for none.
    """

    min_length: int = 0
    max_length: int = 0
    categories: Sequence[str] = ()
    softer_first: bool = True
    max_rejections: int | None = None
    max_rejections_per_worker: int | None = None


@dataclass(frozen=True, slots=True)
class DecideFacts:
    """What is decided on. `money` is pay and fees as text ("USD 1.20"), "" if nothing is paid.

    `per_person` are (worker, how many of these units are theirs), the most first. `environment` is live,
    sandbox or practice. `canned` are reasons to start from. `can_return`: the vendor can ask the workers to
    give their work back. `broken_rules` are warnings, one sentence each.
    """

    count: int
    money: str = ""
    fees: str = ""
    per_person: Sequence[tuple[str, int]] = ()
    environment: str = "practice"
    vendor: str = ""
    canned: Sequence[str] = ()
    can_return: bool = False
    broken_rules: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class DecideValue:
    """The decision: `kind` is approve, soft_reject, reject, or request_return, whose reasons are still asked.

    `reason` reaches the worker word for word where it is a rejection's; otherwise it is only kept.
    """

    kind: str
    reason: str = ""
    category: str = ""


class DecideDialog(VerbDialog):
    """Asks for one decision. Rejecting needs a reason, offers the softer way, and Enter never rejects."""

    def __init__(
        self, kind: str, facts: DecideFacts, rules: ReasonRules, parent: QWidget | None = None
    ) -> None:
        rejecting = kind == ActionKind.REJECT
        super().__init__(
            f"{_VERBS[kind]} {count_text(facts.count, 'unit')}",
            "",
            parent,
            careful=rejecting,
            danger=rejecting,
            width=520,
        )
        self._kind = kind
        self._facts = facts
        self._rules = rules
        self._softer = ""
        self._add_facts()
        self._category = Choice()
        self._reason = QPlainTextEdit()
        self._counter = Label(role="caption", tone="muted")
        self._soft_button = Button(self.tr("Soft reject instead"), tone="soft_rejected")
        self.return_button = Button(self.tr("Ask to return…"))
        if kind != ActionKind.APPROVE:
            self._add_reason()
        if rejecting and rules.softer_first:
            self.add_left_button(self._soft_button)
            self._soft_button.setAutoDefault(False)
            self._soft_button.setToolTip(
                self.tr(
                    "The worker is paid, with no record against them. The answer stays out of the data set."
                )
            )
            self._soft_button.clicked.connect(lambda: self._take_softer(ActionKind.SOFT_REJECT))
        else:
            self._soft_button.hide()
        if rejecting and facts.can_return:
            self.add_left_button(self.return_button)
            self.return_button.setAutoDefault(False)
            self.return_button.setToolTip(
                self.tr("The worker is asked to give the work back: not paid, with no record against them.")
            )
            self.return_button.clicked.connect(lambda: self._take_softer(ActionKind.REQUEST_RETURN))
        else:
            self.return_button.hide()
        self._show()

    # ------------------------------------------------------------------------------------------- building

    def _add_facts(self) -> None:
        facts, rejecting = self._facts, self._kind == ActionKind.REJECT
        if facts.money:
            fees = f", {facts.fees} of it fees" if facts.fees else ""
            words = f"Not paid: {facts.money}." if rejecting else f"Pays {facts.money}{fees}."
            self.body.addWidget(Label(words, wrap=True))
        if facts.environment == "live":
            who = f" at {facts.vendor}" if facts.vendor else ""
            self.body.addWidget(Label(f"LIVE: these are real people{who}.", tone="danger", wrap=True))
        people = list(facts.per_person)
        if people and (facts.count > 1 or rejecting):
            shown = [f"{short_name(name)} ({count:,})" for name, count in people[:_PEOPLE_SHOWN]]
            more = len(people) - _PEOPLE_SHOWN
            tail = f" and {count_text(more, 'other')}" if more > 0 else ""
            head = count_text(len(people), "person", "people")
            self.body.addWidget(
                Label(f"{head}: {', '.join(shown)}{tail}", tone="muted", wrap=True, selectable=True)
            )
        for sentence in facts.broken_rules:
            self.body.addWidget(Label(f"● {sentence}", tone="warning", wrap=True))
        if rejecting and self._rules.softer_first:
            words = self.tr(
                "A rejection takes the pay away and stays on the worker’s record. "
                "A soft rejection pays and only keeps the answer out of the data set."
            )
            if facts.can_return:
                words += self.tr(" Asked to return it, the worker may give the work back without a record.")
            self.body.addWidget(Label(words, tone="muted", wrap=True))

    def _add_reason(self) -> None:
        if self._rules.categories:
            self.body.addSpacing(4)
            label = Label(self.tr("Category"), role="caption", tone="muted")
            label.setBuddy(self._category)
            self._category.setAccessibleName(self.tr("Category of the reason"))
            self._category.addItem(self.tr("Choose one"), "")
            for category in self._rules.categories:
                self._category.addItem(category_name(category), category)
            self._category.currentIndexChanged.connect(self._show)
            self.body.addWidget(label)
            self.body.addWidget(self._category)
        self.body.addSpacing(4)
        read_by = (
            self.tr("Reason, as the worker will read it")
            if self._needs_reason()
            else self.tr("Reason, for your own records: the worker is paid and reads none")
        )
        label = Label(read_by, role="caption", tone="muted")
        label.setBuddy(self._reason)
        self._reason.setAccessibleName(label.text())
        self._reason.setTabChangesFocus(True)
        self._reason.setMinimumHeight(theme.px(48))  # large print on a low screen
        self._reason.setMaximumHeight(theme.px(104))
        self._reason.textChanged.connect(self._show)
        self.body.addWidget(label)
        if self._facts.canned:
            canned = Choice()
            canned.setAccessibleName(self.tr("Reasons to start from"))
            canned.addItem(self.tr("Start from a reason…"), "")
            for text in self._facts.canned:
                canned.addItem(text if len(text) <= 60 else text[:59] + "…", text)
            canned.activated.connect(
                lambda i: self._reason.setPlainText(canned.itemData(i)) if canned.itemData(i) else None
            )
            self.body.addWidget(canned)
        self.body.addWidget(self._reason)
        self.body.addWidget(self._counter)
        self._reason.setFocus()

    # -------------------------------------------------------------------------------------------- deciding

    def _reason_text(self) -> str:
        return " ".join(self._reason.toPlainText().split())

    def _needs_reason(self) -> bool:
        return self._kind == ActionKind.REJECT

    def _least(self) -> int:
        return max(self._rules.min_length, 1) if self._needs_reason() else 0

    def check(self) -> str:
        if self._kind == ActionKind.APPROVE or self._softer:
            return ""
        rules = self._rules
        length = len(self._reason_text())
        if self._needs_reason():
            problem = self._cap_problem()
            if problem:
                return problem
            if rules.categories and not self._category.currentData():
                return "Choose a category for the reason."
            if length < self._least():
                return f"Write at least {self._least():,} characters. So far there are {length:,}."
        if rules.max_length and length > rules.max_length:
            return f"Write at most {rules.max_length:,} characters. There are {length:,}."
        return ""

    def _cap_problem(self) -> str:
        if not self._needs_reason():
            return ""
        rules, facts = self._rules, self._facts
        if rules.max_rejections is not None and facts.count > rules.max_rejections:
            return f"At most {rules.max_rejections:,} rejections at once. Choose fewer units."
        most = max((count for _, count in facts.per_person), default=0)
        cap = rules.max_rejections_per_worker
        if cap is not None and most > cap:
            return f"At most {cap:,} rejections for one person. One of them has {most:,} here."
        return ""

    def _show(self) -> None:
        facts, verb = self._facts, _VERBS[self._kind]
        money = f" · {facts.money}" if facts.money and self._kind != ActionKind.REJECT else ""
        problem = self.check()
        self.set_verb(f"{verb} {facts.count:,}{money}", not problem)
        self.verb.setToolTip(problem)
        length, least = len(self._reason_text()), self._least()
        if least:
            self._counter.setText(
                QCoreApplication.translate("DecideDialog", "{0} of at least {1} characters").format(
                    f"{length:,}", f"{least:,}"
                )
            )
            self._counter.set_tone("good" if length >= least else "muted")
        else:
            self._counter.setText(self.tr("A reason is optional here."))
        self.set_problem(self._cap_problem())

    def _take_softer(self, kind: str) -> None:
        self._softer = kind
        self.accept()

    def value(self) -> DecideValue:
        """What was decided; a softer way if that was taken."""
        kind = self._softer or self._kind
        category = "" if self._kind == ActionKind.APPROVE else self._category.currentData() or ""
        return DecideValue(kind, self._reason_text(), category)
