"""Approve, soft reject and reject, one unit or many: what it costs, and the words that the worker reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from crowddesk.domain import ActionKind
from crowddesk.language import number_text, say, say_count
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.dialogs.canned import CannedReasons
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.dialogs.words_preview import UnitLine, WordsPreview, reading_box
from crowddesk.ui.words import category_name, short_name, vendor_name

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from crowddesk.operations.reasons import Case
    from crowddesk.store.reasons import Reason

_COMMANDS: Final = {
    ActionKind.APPROVE: "approve",
    ActionKind.SOFT_REJECT: "soft-reject",
    ActionKind.REJECT: "reject",
}
_DIGITS: Final = tuple("123456789")
_PEOPLE_SHOWN: Final = 5
#: More units than this do not fit a command line that a person would keep.
_MOST_ON_A_LINE: Final = 200


@dataclass(frozen=True, slots=True)
class ReasonRules:
    """What a vendor and our own caution ask of a decision.

    Lengths are in characters, 0 for none; `categories` are the vendor's, empty if it has none; `softer_first`
    offers the softer ways before a rejection.
    """

    min_length: int = 0
    max_length: int = 0
    categories: Sequence[str] = ()
    softer_first: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """Who is rejected: how many units here, their record until now, and whether it is their first."""

    name: str
    units: int
    record: str = ""
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class CapUse:
    """A cap on rejections: what counts already, what this adds, and the most. `words` say of what."""

    words: str
    used: int
    here: int
    most: int

    @property
    def total(self) -> int:
        return self.used + self.here


@dataclass(frozen=True, slots=True)
class DecideFacts:
    """What is decided on. `money` is pay and fees as text ("USD 1.20"), "" if nothing is paid.

    `per_person` are (worker, how many of these units are theirs), the most first. `environment` is live,
    sandbox or practice. `canned` are reasons to start from. `can_return` and `can_write`: the vendor can ask
    the workers to give their work back, or pass on a message. `soft_money` is what a soft rejection pays.
    `people` and `caps` are of a rejection. `broken_rules` are warnings, one sentence each.
    """

    count: int
    money: str = ""
    fees: str = ""
    per_person: Sequence[tuple[str, int]] = ()
    environment: str = "practice"
    vendor: str = ""
    canned: Sequence[Reason] = ()
    can_return: bool = False
    can_write: bool = False
    soft_money: str = ""
    units: Sequence[UnitLine] = ()
    people: Sequence[Person] = ()
    caps: Sequence[CapUse] = ()
    broken_rules: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class DecideValue:
    """The decision: `kind` is approve, soft_reject, reject, or a softer way whose words are still asked.

    `reason` reaches the worker word for word where it is a rejection's; otherwise it is only kept. `words`
    are each unit's own, where the reason holds variables. `evidence` is by unit, None while it is not read.
    """

    kind: str
    reason: str = ""
    category: str = ""
    words: Mapping[int, str] = field(default_factory=dict)
    evidence: Mapping[int, Sequence[str]] | None = field(default=None, compare=False)


class DecideDialog(VerbDialog):
    """Asks for one decision. Rejecting needs a reason, offers the softer ways first, and Enter never rejects.

    `set_cases` gives what is known of each unit, when that is read. `library_wanted`: the reasons are to be
    looked after.
    """

    library_wanted = Signal()

    def __init__(
        self, kind: str, facts: DecideFacts, rules: ReasonRules, parent: QWidget | None = None
    ) -> None:
        rejecting = kind == ActionKind.REJECT
        super().__init__(
            _title(kind, facts.count),
            "",
            parent,
            careful=rejecting,
            danger=rejecting,
            width=600 if rejecting else 520,
        )
        self._kind = kind
        self._facts = facts
        self._rules = rules
        self._softer = ""
        self._cases: Mapping[int, Case] | None = None
        self._at = 0
        self._category = Choice()
        self.canned = CannedReasons(facts.canned)
        self.canned.chosen.connect(self._take_canned)
        self._reason = QPlainTextEdit()
        self._counter = Label(role="caption", tone="muted", wrap=True)
        self._soft_button = Button(self.tr("Soft reject instead"), tone="soft_rejected")
        self.return_button = Button(self.tr("Ask to return…"))
        self.write_button = Button(self.tr("Write to them first…"))
        self.library = Button(self.tr("Reasons…"))
        self.library.clicked.connect(self.library_wanted)
        self.library.setAutoDefault(False)
        self._preview = WordsPreview(facts.units)
        self._preview.moved.connect(self._step)
        self._content = QWidget()
        self._lines = QVBoxLayout(self._content)
        self._lines.setContentsMargins(0, 0, 8 if rejecting else 0, 0)
        self._lines.setSpacing(8)
        self._add_facts()
        if kind != ActionKind.APPROVE:
            self._add_reason()
        if rejecting:
            self._lines.addStretch(1)
            self.add_scrolling(self._content)
        else:
            self.body.addWidget(self._content)
        for button in (self._soft_button, self.return_button, self.write_button, self.library):
            if button.parent() is None:
                button.setParent(self)
                button.hide()
        self._show()
        if kind != ActionKind.APPROVE:
            self._reason.setFocus()  # here, where it has its place: what gets a new parent loses the focus

    # ------------------------------------------------------------------------------------------- building

    def _add_facts(self) -> None:
        facts, rejecting = self._facts, self._kind == ActionKind.REJECT
        if facts.environment == "live":
            words = self.tr("LIVE: these are real people.")
            if facts.vendor:
                words = self.tr("LIVE: these are real people at {0}.").format(vendor_name(facts.vendor))
            self._lines.addWidget(Label(words, tone="danger", wrap=True))
        if rejecting and self._rules.softer_first:
            self._add_softer_ways()
        if facts.money:
            words = self.tr("Pays {0}.").format(facts.money)
            if facts.fees:
                words = self.tr("Pays {0}, {1} of it fees.").format(facts.money, facts.fees)
            self._lines.addWidget(Label(words, wrap=True))
        if rejecting:
            self._add_people()
            self._add_caps()
        elif facts.per_person and facts.count > 1:
            people = list(facts.per_person)
            shown = ", ".join(
                f"{short_name(name)} ({number_text(count)})" for name, count in people[:_PEOPLE_SHOWN]
            )
            more = len(people) - _PEOPLE_SHOWN
            if more > 0:
                shown = self.tr("{0} and {1}").format(shown, say_count("%n others", "%n other", more))
            words = say_count("%n people", "%n person", len(people)) + f": {shown}"
            self._lines.addWidget(Label(words, tone="muted", wrap=True, selectable=True))
        for sentence in facts.broken_rules:
            self._lines.addWidget(Label(f"● {sentence}", tone="warning", wrap=True))

    def _add_softer_ways(self) -> None:
        """The ways that take nothing from anybody's record, each with what it means in money."""
        self._lines.addWidget(Label(self.tr("Softer ways, without a record"), role="strong"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        words = self.tr("Paid; the answers stay out of the data set.")
        if self._facts.soft_money:
            words = self.tr("Paid ({0}); the answers stay out of the data set.").format(
                self._facts.soft_money
            )
        ways = [(self._soft_button, ActionKind.SOFT_REJECT, words)]
        if self._facts.can_return:
            words = self.tr("They may give it back, unpaid, for somebody else. Or decline.")
            ways.append((self.return_button, ActionKind.REQUEST_RETURN, words))
        if self._facts.can_write:
            words = self.tr("Nothing is decided and nothing paid by it.")
            ways.append((self.write_button, ActionKind.MESSAGE, words))
        for row, (button, kind, words) in enumerate(ways):
            button.setAutoDefault(False)
            button.setToolTip(words)
            button.clicked.connect(lambda _=False, kind=kind: self._take_softer(kind))
            grid.addWidget(button, row, 0)
            grid.addWidget(Label(words, tone="muted", wrap=True), row, 1)
        self._lines.addLayout(grid)
        self._lines.addSpacing(4)
        words = self.tr("A rejection takes the pay away and stays on the record of:")
        self._lines.addWidget(Label(words, role="strong", wrap=True))

    def _add_people(self) -> None:
        people = list(self._facts.people) or [Person(n, c) for n, c in self._facts.per_person]
        if not people:
            return
        lines = []
        for person in people:
            line = short_name(person.name)
            if len(people) > 1 or person.units > 1:
                line = self.tr("{0}, {1} here").format(line, number_text(person.units))
            if person.record:
                line = self.tr("{0}: {1} before").format(line, person.record)
            if person.is_first:
                line += " · " + self.tr("first rejection: somebody looks again before it leaves")
            lines.append(line)
        if len(people) <= _PEOPLE_SHOWN:
            for line in lines:
                self._lines.addWidget(Label(line, tone="muted", wrap=True, selectable=True))
            return
        units = say_count("%n units", "%n unit", self._facts.count)
        head = say_count("%n people", "%n person", len(people)) + f", {units}"
        self._lines.addWidget(Label(head, role="strong"))
        box = reading_box("\n".join(lines), self.tr("Each person, with how many units"))
        self._lines.addWidget(box)

    def _add_caps(self) -> None:
        """What of each cap is used with these; one that is nearly used up stands on its own line."""
        head, quiet = self.tr("Rejections:"), []
        for cap in self._facts.caps:
            over = cap.total > cap.most
            words = self.tr("{0} of at most {1} {2}").format(
                number_text(cap.total), number_text(cap.most), cap.words
            )
            if over or cap.total * 10 >= cap.most * 9:
                told = f"{'✕' if over else '●'} {head} {words}"
                tone = "danger" if over else "warning"
                self._lines.addWidget(Label(told, role="caption", tone=tone, wrap=True))
            else:
                quiet.append(words)
        if quiet:
            told = f"{head} {' · '.join(quiet)}"
            self._lines.addWidget(Label(told, role="caption", tone="muted", wrap=True))

    def _add_reason(self) -> None:
        column = self._lines
        if self._rules.categories:
            column.addSpacing(4)
            label = Label(self.tr("Category"), role="caption", tone="muted")
            label.setBuddy(self._category)
            self._category.setAccessibleName(self.tr("Category of the reason"))
            self._category.addItem(self.tr("Choose one"), "")
            for category in self._rules.categories:
                self._category.addItem(category_name(category), category)
            self._category.currentIndexChanged.connect(self._show)
            column.addWidget(label)
            column.addWidget(self._category)
        column.addSpacing(4)
        read_by = (
            self.tr("Reason, as the worker will read it")
            if self._needs_reason()
            else self.tr("Reason, for your own records: the worker is paid and reads none")
        )
        label = Label(read_by, role="caption", tone="muted", wrap=True)
        label.setBuddy(self._reason)
        self._reason.setAccessibleName(label.text())
        self._reason.setTabChangesFocus(True)
        self._reason.setMinimumHeight(theme.px(48))  # large print on a low screen
        self._reason.setMaximumHeight(theme.px(104))
        self._reason.textChanged.connect(self._show)
        column.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self.canned, 1)
        line.addWidget(self.library)
        column.addLayout(line)
        column.addWidget(self._reason)
        column.addWidget(self._counter)
        if self._needs_reason():
            column.addWidget(self._preview)
        else:
            self._preview.setParent(self)
            self._preview.hide()

    def _fit(self) -> None:
        """As high as the screen allows, so that the words stand beside what they mean for each worker."""
        super()._fit()
        layout, area = self.layout(), self._content.parentWidget()
        if self._needs_reason() and self.isVisible() and layout is not None and area is not None:
            layout.activate()
            room = self.screen().availableGeometry().height() - 40
            needed = self._lines.totalHeightForWidth(area.width())
            self.resize(self.width(), min(room, self.height() + max(0, needed - area.height())))

    # ------------------------------------------------------------------------------------- what is known

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit that nobody is writing with chooses its reason."""
        held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        digit = int(event.text()) if event.text() in _DIGITS else 0
        if digit and not event.modifiers() & held:
            self.canned.choose(digit)
        else:
            super().keyPressEvent(event)

    def set_cases(self, cases: Mapping[int, Case]) -> None:
        """What is known of each unit: what its variables stand for, and the evidence."""
        self._cases = cases
        self._show()

    def _take_canned(self, reason: Reason) -> None:
        self._reason.setPlainText(reason.text)
        found = self._category.findData(reason.category) if reason.category else -1
        if found > 0:
            self._category.setCurrentIndex(found)

    def _step(self, at: int) -> None:
        self._at = at
        self._show_preview()

    # -------------------------------------------------------------------------------------------- deciding

    def _reason_text(self) -> str:
        return " ".join(self._reason.toPlainText().split())

    def _needs_reason(self) -> bool:
        return self._kind == ActionKind.REJECT

    def _least(self) -> int:
        return max(self._rules.min_length, 1) if self._needs_reason() else 0

    def _filled(self) -> tuple[dict[int, str], str]:
        """Each unit's own words, or why they cannot be told; no words where all read the same."""
        from crowddesk.domain import BadInput
        from crowddesk.operations.reasons import Facts, fill_each, variables_of

        text = self._reason_text()
        names = variables_of(text)
        if not names:
            return {}, ""
        if self._cases is None and self._facts.units:
            return {}, self.tr("What {0} stands for is still being read.").format(f"{{{names[0]}}}")
        cases = self._cases or {}
        facts = {
            u.unit_id: cases[u.unit_id].facts if u.unit_id in cases else Facts() for u in self._facts.units
        }
        try:
            return fill_each(text, facts or {0: Facts()}), ""
        except BadInput as error:
            return {}, str(error)

    def check(self) -> str:
        if self._kind == ActionKind.APPROVE or self._softer:
            return ""
        words, unknown = self._filled()
        return self._check(words, unknown)

    def _check(self, words: Mapping[int, str], unknown: str) -> str:
        rules = self._rules
        if self._needs_reason():
            problem = self._cap_problem()
            if problem:
                return problem
            if rules.categories and not self._category.currentData():
                return self.tr("Choose a category for the reason.")
        if unknown:
            return unknown
        lengths = {unit: len(text) for unit, text in words.items()} or {0: len(self._reason_text())}
        short, long = min(lengths, key=lengths.__getitem__), max(lengths, key=lengths.__getitem__)
        if self._needs_reason() and lengths[short] < self._least():
            rule = say_count("Write at least %n characters.", "Write at least %n character.", self._least())
            return f"{rule} {self._so_far(short, lengths[short])}"
        if rules.max_length and lengths[long] > rules.max_length:
            rule = say_count("Write at most %n characters.", "Write at most %n character.", rules.max_length)
            return f"{rule} {self._so_far(long, lengths[long])}"
        return ""

    def _so_far(self, unit_id: int, length: int) -> str:
        name = next((u.worker_name for u in self._facts.units if u.unit_id == unit_id), "")
        if unit_id and len(self._facts.units) > 1:
            return self.tr("For {0} there are {1}.").format(short_name(name), number_text(length))
        return self.tr("So far there are {0}.").format(number_text(length))

    def _cap_problem(self) -> str:
        for cap in self._facts.caps if self._needs_reason() else ():
            if cap.total > cap.most:
                words = self.tr(
                    "{0} rejections {1} are more than the cap of {2}. Soft reject, choose fewer units, or "
                    "raise the cap in Settings."
                )
                return words.format(number_text(cap.total), cap.words, number_text(cap.most))
        return ""

    def _show(self) -> None:
        facts = self._facts
        money = f" · {facts.money}" if facts.money and self._kind != ActionKind.REJECT else ""
        words, unknown = ({}, "") if self._kind == ActionKind.APPROVE else self._filled()
        problem = "" if self._kind == ActionKind.APPROVE else self._check(words, unknown)
        self.set_verb(_verb(self._kind, facts.count) + money, not problem)
        self.verb.setToolTip(problem)
        self._show_counter(words)
        self.set_problem(self._cap_problem() or unknown)
        self._show_preview(words)

    def _show_counter(self, words: Mapping[int, str]) -> None:
        lengths = [len(text) for text in words.values()] or [len(self._reason_text())]
        least, most = self._least(), self._rules.max_length
        if not least:
            self._counter.setText(self.tr("A reason is optional here."))
            return
        low, high = min(lengths), max(lengths)
        told = number_text(low)
        if low != high:
            told = self.tr("{0} to {1}").format(told, number_text(high))
        text = self.tr("{0} of at least {1} characters")
        if most:
            text = self.tr("{0} of at least {1} characters, at most {2}")
        self._counter.setText(text.format(told, number_text(least), number_text(most)))
        fits = low >= least and (not most or high <= most)
        self._counter.set_tone("good" if fits else "danger" if most and high > most else "muted")

    def _show_preview(self, words: Mapping[int, str] | None = None) -> None:
        if not self._needs_reason():
            return
        if words is None:
            words, _ = self._filled()
        unit = self._facts.units[self._at] if self._facts.units else UnitLine(0)
        case = (self._cases or {}).get(unit.unit_id)
        evidence = None if self._cases is None and self._facts.units else tuple(case.evidence if case else ())
        self._preview.show_words(self._at, words.get(unit.unit_id, self._reason_text()), evidence)

    def _take_softer(self, kind: str) -> None:
        self._softer = kind
        self.accept()

    def value(self) -> DecideValue:
        """What was decided; a softer way if that was taken."""
        kind = self._softer or self._kind
        if self._kind == ActionKind.APPROVE:
            return DecideValue(kind)
        words, unknown = self._filled()
        evidence = None if self._cases is None else {i: case.evidence for i, case in self._cases.items()}
        category = self._category.currentData() or ""
        return DecideValue(kind, "" if unknown else self._reason_text(), category, words, evidence)

    def command_line(self) -> Sequence[str] | None:
        units = [str(unit.unit_id) for unit in self._facts.units]
        if not units or len(units) > _MOST_ON_A_LINE:
            return None
        line = ["decide", _COMMANDS[self._kind], "--where", f"unit:{','.join(units)}"]
        reason = "" if self._kind == ActionKind.APPROVE else self._reason_text()
        category = "" if self._kind != ActionKind.REJECT else self._category.currentData() or ""
        line += ["--reason", reason] if reason else []
        return line + (["--category", category] if category else [])


def _title(kind: str, count: int) -> str:
    if kind == ActionKind.APPROVE:
        return say_count("Approve %n units", "Approve %n unit", count)
    if kind == ActionKind.SOFT_REJECT:
        return say_count("Soft reject %n units", "Soft reject %n unit", count)
    return say_count("Reject %n units", "Reject %n unit", count)


def _verb(kind: str, count: int) -> str:
    if kind == ActionKind.APPROVE:
        return say("Approve {count:,}", count=count)
    if kind == ActionKind.SOFT_REJECT:
        return say("Soft reject {count:,}", count=count)
    return say("Reject {count:,}", count=count)
