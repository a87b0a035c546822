"""Who may take part in a study: filters from the vendor's own list, each with its answers or bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crowddesk.language import decimal_point, mark, number_text, say_count
from crowddesk.ui import theme
from crowddesk.ui.check_list import CheckList, PickList
from crowddesk.ui.controls import Button, Label
from crowddesk.ui.dialogs.frame import VerbDialog
from crowddesk.ui.dialogs.study_offers import FilterOffer, OfferEditor, StudyOffers, range_words
from crowddesk.ui.words import short_name

#: A list of answers that is longer can be searched.
_SEARCHED_FROM: Final = 10
_BETWEEN_IDS: Final = re.compile(mark("[\\s,;]+"))
_ID: Final = re.compile(mark("[A-Za-z0-9_-]+"))


class FiltersEditor(OfferEditor):
    """The chosen filters, as a run file has them; "Add a filter…" opens the vendor's list.

    Until that list is here, filters keep their ids. `again`: it could not be read and should be, anew.
    """

    again = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: list[dict[str, Any]] = []
        self._offers: dict[str, FilterOffer] | None = None
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        self.add = Button(self.tr("Add a filter…"))
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._open_new)
        self.note = Label(role="caption", tone="muted", wrap=True)
        self._again = Button(self.tr("Try again"), look="link")
        self._again.setAutoDefault(False)
        self._again.clicked.connect(self.again)
        self._again.hide()
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.add)
        line.addWidget(self.note, 1)
        line.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(self._lines)
        column.addLayout(line)
        self.setFocusProxy(self.add)
        self._draw()

    def set_value(self, value: Any) -> None:
        self._chosen = [dict(one) for one in value or () if isinstance(one, Mapping)]
        self._draw()

    def value(self) -> list[dict[str, Any]]:
        return [dict(one) for one in self._chosen]

    def problem(self) -> str:
        if self._offers is None:
            return ""
        for one in self._chosen:
            offer = self._offers.get(str(one.get("filter")))
            if offer is None:
                return self.tr("Prolific has no filter {0}.").format(one.get("filter"))
        return ""

    def show_offers(self, offers: StudyOffers | None, failure: str = "") -> None:
        self._offers = None if offers is None else {offer.id: offer for offer in offers.filters}
        self._failure = failure
        self._draw()
        self.changed.emit()

    _failure = ""

    # ------------------------------------------------------------------------------------------- drawing

    def _draw(self) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for place, one in enumerate(self._chosen):
            offer = self._offer_of(one)
            row = _FilterRow(offer.title, offer.words(one), known=self._is_known(offer))
            row.change.clicked.connect(partial(self._open, place))
            row.remove.clicked.connect(partial(self._remove, place))
            self._lines.addWidget(row)
            row.show()
        self.add.setEnabled(bool(self._offers))
        self._again.setVisible(bool(self._failure))
        self.note.set_tone("danger" if self._failure else "muted")
        if self._failure:
            self.note.setText(self._failure)
        elif self._offers is None:
            self.note.setText(self.tr("Reading what there is to choose from…"))
        elif self._chosen:
            self.note.setText(self.tr("People must fit all of them."))
        else:
            self.note.setText(self.tr("Nobody is left out so far."))

    def _offer_of(self, one: Mapping[str, Any]) -> FilterOffer:
        name = str(one.get("filter", ""))
        found = (self._offers or {}).get(name)
        return found or FilterOffer(name, name.replace("-", " ").replace("_", " ").capitalize())

    def _is_known(self, offer: FilterOffer) -> bool:
        return self._offers is None or offer.id in self._offers

    # ------------------------------------------------------------------------------------------- choosing

    def _open_new(self) -> None:
        taken = {str(one.get("filter")) for one in self._chosen}
        free = [offer for offer in (self._offers or {}).values() if offer.id not in taken]
        self._ask(FilterDialog(free, self.window()), None)

    def _open(self, place: int, _checked: bool = False) -> None:
        one = self._chosen[place]
        self._ask(FilterDialog([self._offer_of(one)], self.window(), given=one), place)

    def _ask(self, dialog: FilterDialog, place: int | None) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._take, dialog, place))
        dialog.open()

    def _take(self, dialog: FilterDialog, place: int | None) -> None:
        if place is None:
            self._chosen.append(dialog.value())
        else:
            self._chosen[place] = dialog.value()
        self._draw()
        self.changed.emit()

    def _remove(self, place: int, _checked: bool = False) -> None:
        del self._chosen[place]
        self._draw()
        self.add.setFocus()
        self.changed.emit()


class _FilterRow(QWidget):
    """One chosen filter: its name, what was chosen, and the ways to change it."""

    def __init__(self, title: str, words: str, *, known: bool) -> None:
        super().__init__()
        self.change = Button(self.tr("Change…"), look="link")
        self.remove = Button(self.tr("Remove"), look="link")
        for button in (self.change, self.remove):
            button.setAutoDefault(False)
            button.setAccessibleName(f"{button.text().rstrip('…')}: {title}")
        self.change.setEnabled(known)
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(Label(title, wrap=True))
        said = words if known else self.tr("✕ {0} (Prolific has no such filter)").format(words)
        text.addWidget(Label(said, role="caption", tone="muted" if known else "danger", wrap=True))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addLayout(text, 1)
        line.addWidget(self.change)
        line.addWidget(self.remove)
        self.setAccessibleName(f"{title}: {words}")


class FilterDialog(VerbDialog):
    """Asks for one filter out of several, and for its answers or bounds; of one only, for these."""

    def __init__(
        self,
        filters: Sequence[FilterOffer],
        parent: QWidget | None = None,
        *,
        given: Mapping[str, Any] | None = None,
    ) -> None:
        changing = given is not None
        title, verb = self.tr("Add a filter"), self.tr("Add filter")
        if changing:
            title, verb = self.tr("Change “{0}”").format(filters[0].title), self.tr("Change")
        super().__init__(title, verb, parent, width=520)
        self._filters = {offer.id: offer for offer in filters}
        self._offer: FilterOffer | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search filters"))
        self.search.setAccessibleName(self.tr("Search filters"))
        self.search.setClearButtonEnabled(True)
        self.list = PickList()
        self.list.setAccessibleName(self.tr("Filters"))
        self.list.setMinimumHeight(theme.px(150))
        for offer in filters:
            self.list.add(offer.id, offer.title, offer.question)
        self.list.currentItemChanged.connect(self._take_filter)
        self.search.textChanged.connect(self.list.search)
        self.question = Label(wrap=True, role="strong")
        self._parts = QStackedWidget()
        self._make_select()
        self._make_range()
        self._make_ids()
        if not changing:
            self.body.addWidget(self.search)
            self.body.addWidget(self.list, 1)
            self.body.addSpacing(4)
        self.body.addWidget(self.question)
        self.body.addWidget(self._parts, 2)
        if changing:
            self._show(filters[0], given or {})
        elif filters:
            self.list.setCurrentRow(0)
        (self._parts if changing else self.search).setFocus()

    def _make_select(self) -> None:
        part = QWidget()
        self.answer_search = QLineEdit()
        self.answer_search.setPlaceholderText(self.tr("Search answers"))
        self.answer_search.setAccessibleName(self.tr("Search answers"))
        self.answer_search.setClearButtonEnabled(True)
        self.answers = CheckList()
        self.answers.setAccessibleName(self.tr("Answers"))
        self.answers.setMinimumHeight(theme.px(150))
        self.answers.ticked.connect(self._follow)
        self.answer_search.textChanged.connect(self.answers.search)
        self.counted = Label(role="caption", tone="muted")
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.answer_search)
        column.addWidget(self.answers, 1)
        column.addWidget(self.counted)
        self._parts.addWidget(part)

    def _make_range(self) -> None:
        part = QWidget()
        self.least, self.most = QLineEdit(), QLineEdit()
        line = QHBoxLayout()
        line.setSpacing(8)
        for words, field in ((self.tr("From"), self.least), (self.tr("to"), self.most)):
            label = Label(words)
            label.setBuddy(field)
            field.setAccessibleName(words)
            field.textChanged.connect(self._follow)
            line.addWidget(label)
            line.addWidget(field, 1)
        self.bounds = Label(role="caption", tone="muted", wrap=True)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self.bounds)
        column.addStretch(1)
        self._parts.addWidget(part)

    def _make_ids(self) -> None:
        part = QWidget()
        self.ids = QPlainTextEdit()
        self.ids.setTabChangesFocus(True)
        self.ids.setMinimumHeight(theme.px(150))
        self.ids.setPlaceholderText(self.tr("One a line"))
        self.ids.setAccessibleName(self.tr("Ids, one a line"))
        self.ids.textChanged.connect(self._follow)
        self.ids_counted = Label(role="caption", tone="muted", wrap=True)
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.ids, 1)
        column.addWidget(self.ids_counted)
        self._parts.addWidget(part)

    # ------------------------------------------------------------------------------------------- choosing

    def _take_filter(self) -> None:
        key = self.list.key()
        if key is None:
            self._offer = None
            self.question.setText(self.tr("No filter has these words."))
            self._parts.hide()
            self._follow()
        else:
            self._show(self._filters[key], {})

    def _show(self, offer: FilterOffer, given: Mapping[str, Any]) -> None:
        self._offer = offer
        self._parts.show()
        self.question.setText(offer.question or offer.title)
        self._parts.setCurrentIndex(2 if offer.takes_ids else int(offer.kind == "range"))
        if offer.kind == "range":
            for field, bound in ((self.least, "lower"), (self.most, "upper")):
                text = str(given.get(bound) or "")
                point = decimal_point() if offer.data_type == "float" else "."
                field.setText(text.replace(".", point))
            self.least.setPlaceholderText(offer.lower)
            self.most.setPlaceholderText(offer.upper)
            allowed = range_words(offer.lower, offer.upper)
            words = self.tr("Prolific allows {0}.")
            if offer.data_type == "date":
                words = self.tr("Prolific allows {0} (dates like 1990-01-31).")
            self.bounds.setText(words.format(allowed) if allowed else "")
        elif offer.takes_ids:
            self.ids.setPlainText("\n".join(str(value) for value in given.get("values") or ()))
        else:
            self.answers.set_choices(offer.choices, [str(value) for value in given.get("values") or ()])
            self.answer_search.clear()
            self.answer_search.setVisible(len(offer.choices) > _SEARCHED_FROM)
        self._follow()

    def _follow(self) -> None:
        offer = self._offer
        typed = False
        if offer is not None and offer.takes_ids:
            typed = bool(self._typed_ids())
            self.ids_counted.setText(offer.ids_text(len(self._typed_ids())))
        elif offer is not None and offer.kind == "range":
            typed = bool(self._least_text() or self._most_text())
        elif offer is not None:
            words = say_count("{0} of %n answers chosen", "{0} of %n answer chosen", self.answers.count())
            self.counted.setText(words.format(number_text(len(self.answers.chosen()))))
        problem = self.check()
        self.set_verb(self.verb.text(), not problem)
        self.verb.setToolTip(problem)
        self.set_problem(problem if typed else "")

    def _typed_ids(self) -> list[str]:
        """Each once; what was copied from a table may have commas between."""
        return list(dict.fromkeys(filter(None, _BETWEEN_IDS.split(self.ids.toPlainText()))))

    def _least_text(self) -> str:
        return self._plain(self.least)

    def _most_text(self) -> str:
        return self._plain(self.most)

    def _plain(self, field: QLineEdit) -> str:
        """A bound as the vendor has it, however its user writes the point."""
        text = field.text().strip()
        if self._offer is not None and self._offer.data_type == "float":
            text = text.replace(decimal_point(), ".")
        return text

    def check(self) -> str:
        offer = self._offer
        if offer is None:
            return self.tr("Choose a filter.")
        if offer.takes_ids:
            return self._ids_problem(offer)
        if offer.kind != "range":
            return "" if self.answers.chosen() else self.tr("Tick at least one answer.")
        if not (self._least_text() or self._most_text()):
            return self.tr("Give a bound, or both.")
        read = _READERS.get(offer.data_type, _number)
        bounds = []
        for text in (self._least_text() or offer.lower, self._most_text() or offer.upper):
            try:
                bounds.append(read(text) if text else None)
            except ValueError:
                return self.tr("“{0}” is none of what is asked for here.").format(text)
        least, most = bounds
        if least is not None and most is not None and least > most:
            return self.tr("The first bound is above the second.")
        for text in (self._least_text(), self._most_text()):
            if text and not _within(read(text), offer, read):
                allowed = range_words(offer.lower, offer.upper)
                return self.tr("{0} is not within {1}.").format(text, allowed)
        return ""

    def _ids_problem(self, offer: FilterOffer) -> str:
        ids = self._typed_ids()
        if not ids:
            return self.tr("Write at least one {0}.").format(offer.noun)
        for text in ids:
            if not _ID.fullmatch(text):
                return self.tr("“{0}” is no {1}.").format(short_name(text), offer.noun)
        return ""

    def value(self) -> dict[str, Any]:
        """The filter as a run file has it."""
        assert self._offer is not None
        if self._offer.takes_ids:
            return {"filter": self._offer.id, "values": self._typed_ids()}
        if self._offer.kind != "range":
            return {"filter": self._offer.id, "values": self.answers.chosen()}
        bounds = {"lower": self._least_text(), "upper": self._most_text()}
        return {"filter": self._offer.id, **{name: text for name, text in bounds.items() if text}}


def _number(text: str) -> Any:
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not number.is_finite():
        raise ValueError(text)
    return number


def _whole(text: str) -> Any:
    return int(text)


def _date(text: str) -> Any:
    return date.fromisoformat(text[:10])


_READERS: Final = {"integer": _whole, "float": _number, "date": _date}


def _within(value: Any, offer: FilterOffer, read: Any) -> bool:
    try:
        least = read(offer.lower) if offer.lower else value
        most = read(offer.upper) if offer.upper else value
    except ValueError:  # bounds that the vendor writes in a way of its own are its own to check
        return True
    return bool(least <= value <= most)
