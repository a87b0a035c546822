"""The figures of one answered field: how far people agree, what was said how often, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crowddesk.language import say_count
from crowddesk.ui.before_after import LabelBars
from crowddesk.ui.controls import Label
from crowddesk.ui.flow import FlowLayout

#: Figure, what it is called, how it is written.
_FIGURES: Final = (
    ("percent_agreement", "Pairs that agree", "{:.1%}"),
    ("cohen_kappa", "Cohen’s kappa", "{:.3f}"),
    ("fleiss_kappa", "Fleiss’ kappa", "{:.3f}"),
    ("alpha_nominal", "Alpha, nominal", "{:.3f}"),
    ("alpha_ordinal", "Alpha, ordinal", "{:.3f}"),
    ("alpha_interval", "Alpha, interval", "{:.3f}"),
    ("majority", "Right by majority", "{:.1%}"),
    ("dawid_skene", "Right by Dawid-Skene", "{:.1%}"),
    ("mace", "Right by MACE", "{:.1%}"),
)
_KINDS: Final = {"choice": "one of few answers", "number": "numbers", "text": "free text"}


class FieldFigures(QFrame):
    """One field's card. `figures` is the field's part of `crowddesk quality --json`."""

    def __init__(self, figures: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        kind = _KINDS.get(str(figures["kind"]), str(figures["kind"]))
        facts = (
            kind,
            say_count("%n answers", "%n answer", figures["answers"]),
            say_count("%n items", "%n item", figures["items"]),
            say_count("%n people", "%n person", figures["workers"]),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.setSpacing(8)
        column.addWidget(Label(str(figures["name"]), role="strong", wrap=True))
        column.addWidget(Label(" · ".join(facts), tone="muted", role="caption", wrap=True))
        flow = FlowLayout(spacing=20)
        spoken = []
        for name, words, form in _FIGURES:
            if figures[name] is not None:
                text = form.format(figures[name])
                flow.addWidget(_Figure(words, text))
                spoken.append(f"{words} {text}")
        column.addLayout(flow)
        for words in missing(figures):
            column.addWidget(Label(words, tone="muted", wrap=True))
        labels = figures["labels"]
        if labels and kind != _KINDS["text"]:
            bars = LabelBars()
            counts = dict(sorted(labels.items(), key=lambda pair: -pair[1]))
            bars.set_labels(counts, counts)
            column.addWidget(bars)
        self.setAccessibleName(f"{figures['name']}: {', '.join(spoken) or 'no figures'}")


class _Figure(QWidget):
    def __init__(self, words: str, value: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(Label(value, role="figure"))
        column.addWidget(Label(words, role="caption", tone="muted"))


def missing(figures: Mapping[str, Any]) -> list[str]:
    """What cannot be said of a field, and why, in sentences."""
    said = []
    if not figures["answers"]:
        return ["None of its answers counts."]
    if figures["alpha_nominal"] is None:
        several = figures["percent_agreement"] is not None
        said.append(
            "Everybody says the same, so chance has nothing to compare with: kappa and alpha are not known."
            if several
            else "No item has answers by two people, so how far they agree is not known."
        )
    if figures["kind"] != "text" and figures["truth"]["column"] is None:
        said.append(f"How many are right is not known: {figures['truth']['how']}.")
    if figures.get("ties"):
        said.append(f"{say_count('%n items', '%n item', figures['ties'])} without a majority.")
    return [*said, *figures["notes"]]
