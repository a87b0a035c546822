"""The figures of one answered field: how far people agree, what was said how often, and what is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from crowddesk.language import mark, number_text, percent_text, say, say_count
from crowddesk.ui.before_after import LabelBars
from crowddesk.ui.controls import Label
from crowddesk.ui.flow import FlowLayout

#: Figure, what it is called, how it is written and to how many digits.
_FIGURES: Final = (
    ("percent_agreement", mark("Pairs that agree"), percent_text, 1),
    ("cohen_kappa", mark("Cohen’s kappa"), number_text, 3),
    ("fleiss_kappa", mark("Fleiss’ kappa"), number_text, 3),
    ("alpha_nominal", mark("Alpha, nominal"), number_text, 3),
    ("alpha_ordinal", mark("Alpha, ordinal"), number_text, 3),
    ("alpha_interval", mark("Alpha, interval"), number_text, 3),
    ("majority", mark("Right by majority"), percent_text, 1),
    ("dawid_skene", mark("Right by Dawid-Skene"), percent_text, 1),
    ("mace", mark("Right by MACE"), percent_text, 1),
)
_KINDS: Final = {
    "choice": mark("one of few answers"),
    "number": mark("numbers"),
    "text": mark("free text"),
}


class FieldFigures(QFrame):
    """One field's card. `figures` is the field's part of `crowddesk quality --json`."""

    def __init__(self, figures: Mapping[str, Any], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        kind = str(figures["kind"])
        facts = (
            say(_KINDS[kind]) if kind in _KINDS else kind,
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
        for name, title, write, digits in _FIGURES:
            if figures[name] is not None:
                text = write(figures[name], digits)
                flow.addWidget(_Figure(say(title), text))
                spoken.append(f"{say(title)} {text}")
        column.addLayout(flow)
        for words in missing(figures):
            column.addWidget(Label(words, tone="muted", wrap=True))
        labels = figures["labels"]
        if labels and kind != "text":
            bars = LabelBars()
            counts = dict(sorted(labels.items(), key=lambda pair: -pair[1]))
            bars.set_labels(counts, counts)
            column.addWidget(bars)
        told = ", ".join(spoken) or self.tr("no figures")
        self.setAccessibleName(f"{figures['name']}: {told}")


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
        return [say("None of its answers counts.")]
    if figures["alpha_nominal"] is None:
        several = figures["percent_agreement"] is not None
        said.append(
            say(
                "Everybody says the same, so chance has nothing to compare with: "
                "kappa and alpha are not known."
            )
            if several
            else say("No item has answers by two people, so how far they agree is not known.")
        )
    if figures["kind"] != "text" and figures["truth"]["column"] is None:
        said.append(say("How many are right is not known: {why}.", why=figures["truth"]["how"]))
    if figures.get("ties"):
        said.append(say_count("%n items without a majority.", "%n item without a majority.", figures["ties"]))
    return [*said, *figures["notes"]]
