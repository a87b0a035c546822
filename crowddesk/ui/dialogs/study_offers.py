"""What a vendor offers for a study: filters, the account's groups and projects; and controls for these."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from PySide6.QtWidgets import QVBoxLayout

from crowddesk.language import say, say_count
from crowddesk.ui.controls import Button, Choice, Label
from crowddesk.ui.flow import FlowLayout
from crowddesk.ui.value_editor import ValueEditor

#: More of them are only counted.
_IDS_SHOWN: Final = 2


@dataclass(frozen=True, slots=True)
class FilterOffer:
    """A question that a vendor knows the answers to. `kind` is select or range.

    `choices` are the answers by id, `lower` and `upper` the bounds of a range, "" for none; `data_type` is
    integer, float or date for ranges. A select without choices takes ids that people type or paste.
    """

    id: str
    title: str
    question: str = ""
    kind: str = "select"
    choices: Mapping[str, str] = field(default_factory=dict)
    lower: str = ""
    upper: str = ""
    data_type: str = ""

    @property
    def takes_ids(self) -> bool:
        return self.kind != "range" and not self.choices

    @property
    def noun(self) -> str:
        """What such an id is called."""
        names = {say("ParticipantID"): say("participant id"), say("StudyID"): say("study id")}
        return names.get(self.data_type) or say("id")

    def ids_text(self, count: int) -> str:
        """So many such ids."""
        if self.data_type == "ParticipantID":
            return say_count("%n participant ids", "%n participant id", count)
        if self.data_type == "StudyID":
            return say_count("%n study ids", "%n study id", count)
        return say_count("%n ids", "%n id", count)

    def words(self, chosen: Mapping[str, Any]) -> str:
        """What was chosen of it: answers, or bounds; many ids are counted."""
        values = chosen.get("values") or ()
        if self.takes_ids and len(values) > _IDS_SHOWN:
            return self.ids_text(len(values))
        if values:
            return ", ".join(self.choices.get(str(value), str(value)) for value in values)
        return range_words(chosen.get("lower"), chosen.get("upper"))


@dataclass(frozen=True, slots=True)
class StudyOffers:
    """What there is to choose from for an account. `projects` are (id, title)."""

    filters: Sequence[FilterOffer] = ()
    groups: Sequence[str] = ()
    projects: Sequence[tuple[str, str]] = ()


def range_words(lower: Any, upper: Any) -> str:
    """Bounds as words; "" where there are none."""
    least, most = str(lower or "").strip(), str(upper or "").strip()
    if least and most:
        return say("{least} to {most}", least=least, most=most)
    if least:
        return say("{least} or more", least=least)
    return say("{most} or less", most=most) if most else ""


class OfferEditor(ValueEditor):
    """A control whose choices come from the vendor, in their own time."""

    def show_offers(self, offers: StudyOffers | None, failure: str = "") -> None:
        """Shows what there is; None: it is being read, or could not be, for the reason in `failure`."""
        raise NotImplementedError


class GroupsEditor(OfferEditor):
    """Participant groups by name: those chosen, each with a way out, and the account's others to add."""

    def __init__(self) -> None:
        super().__init__()
        self._chosen: list[str] = []
        self._offered: Sequence[str] | None = None
        self._names = FlowLayout(spacing=6)
        self.add = _narrow_choice()
        self.add.setAccessibleName(self.tr("Add a group"))
        self.add.activated.connect(self._take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._names)
        column.addWidget(self.add)
        self.setFocusProxy(self.add)
        self._draw()

    def set_value(self, value: Any) -> None:
        self._chosen = [str(one) for one in value or ()]
        self._draw()

    def value(self) -> list[str]:
        return list(self._chosen)

    def show_offers(self, offers: StudyOffers | None, failure: str = "") -> None:
        self._offered = None if offers is None else offers.groups
        self._draw()

    def _draw(self) -> None:
        while self._names.count():
            item = self._names.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for name in self._chosen:
            chip = Button(f"{name}  ×")
            chip.setAutoDefault(False)
            chip.setAccessibleName(self.tr("Take out {0}").format(name))
            chip.setToolTip(chip.accessibleName())
            chip.clicked.connect(partial(self._remove, name))
            self._names.addWidget(chip)
            chip.show()
        free = [name for name in self._offered or () if name not in self._chosen]
        self.add.clear()
        if self._offered is None:
            self.add.addItem(self.tr("The account’s groups are not known yet"), None)
        elif not free:
            words = self.tr("No more groups") if self._chosen else self.tr("This account has no groups")
            self.add.addItem(words, None)
        else:
            self.add.addItem(self.tr("Add a group…"), None)
        for name in free:
            self.add.addItem(name, name)
        self.add.setEnabled(bool(free))

    def _take(self, place: int) -> None:
        name = self.add.itemData(place)
        if name is not None:
            self._chosen.append(name)
            self._draw()
            self.changed.emit()

    def _remove(self, name: str, _checked: bool = False) -> None:
        self._chosen.remove(name)
        self._draw()
        self.add.setFocus()
        self.changed.emit()


class ProjectEditor(OfferEditor):
    """The project of a study; None is the account's own. A project that is not offered keeps its id."""

    def __init__(self) -> None:
        super().__init__()
        self.choice = _narrow_choice()
        self.choice.setAccessibleName(self.tr("Project"))
        self.choice.addItem(self.tr("The account’s project"), None)
        self.choice.currentIndexChanged.connect(self.changed)
        self._missing = Label(role="caption", tone="warning", wrap=True)
        self._missing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choice)
        column.addWidget(self._missing)
        self.setFocusProxy(self.choice)

    def set_value(self, value: Any) -> None:
        place = self.choice.findData(value or None)
        if place < 0:
            self.choice.addItem(str(value), str(value))
            place = self.choice.count() - 1
        self.choice.setCurrentIndex(place)

    def value(self) -> str | None:
        found = self.choice.currentData()
        return None if found is None else str(found)

    def show_offers(self, offers: StudyOffers | None, failure: str = "") -> None:
        chosen = self.value()
        self.choice.blockSignals(True)
        while self.choice.count() > 1:
            self.choice.removeItem(1)
        for key, title in offers.projects if offers is not None else ():
            self.choice.addItem(title or key, key)
        self.set_value(chosen)
        self.choice.blockSignals(False)
        unknown = offers is not None and chosen is not None and chosen not in dict(offers.projects)
        self._missing.setText(self.tr("This account has no such project.") if unknown else "")
        self._missing.setVisible(unknown)


def _narrow_choice() -> Choice:
    """One that long names do not widen."""
    made = Choice()
    made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    return made
