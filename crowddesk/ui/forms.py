"""A form drawn from a dataclass: one field per attribute, its help and its mistakes beside it, a dict out.

Field metadata it reads: `title`, `help`, `required`, `secret`, `choices` (a mapping to their words, too),
`kind` (money, path, folder, lines, or one that the form is given an editor for) and `currency`; `more` for
what few people need; `only_if` is another field and the value for which this one is asked at all; `check`
is a function from the value to a sentence, "" if it is right. Attributes with a leading underscore are not
asked for. Secrets are never shown, only replaced: an empty one keeps what is
stored if `keep_secrets` is set.
"""

from __future__ import annotations

import dataclasses
import enum
import math
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from crowddesk.domain import BadInput
from crowddesk.language import decimal_point, say
from crowddesk.ui import theme
from crowddesk.ui.controls import Button, Check, Choice, Label, set_state
from crowddesk.ui.value_editor import SeveralChoice, ValueEditor
from crowddesk.ui.words import amount_typed, whole_typed

#: How omegaconf spells a value that must be given.
_MUST_BE_GIVEN: Final = "???"
#: A choice with long words gives way down to so many letters.
_LEAST_LETTERS: Final = 12


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One thing a form asks for.

    `kind` is text, whole, decimal, money, yes_no, choice, several, path, folder, secret, lines, or that of
    an editor of its own. `labels` are the words of choices that have others than their own.
    """

    name: str
    title: str
    kind: str
    default: Any = None
    help: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    currency: str = ""
    check: Callable[[Any], str] | None = None
    labels: Mapping[str, str] = dataclasses.field(default_factory=dict)
    more: bool = False
    only_if: tuple[str, str] = ("", "")


#: Makes the control of a kind that forms do not know by themselves.
EditorMaker = Callable[[FieldSpec], ValueEditor]


def fields_of(config: type) -> list[FieldSpec]:
    """What a form for this dataclass asks. TypeError if it is none, or has a type that no field fits."""
    if not dataclasses.is_dataclass(config):
        raise TypeError(f"{config.__name__} is no dataclass, so no form can be drawn from it.")
    types_by_name = typing.get_type_hints(config)
    return [
        _spec(field, types_by_name[field.name])
        for field in dataclasses.fields(config)
        if not field.name.startswith("_")
    ]


def _spec(asked: dataclasses.Field, kind_of: Any) -> FieldSpec:
    meta = asked.metadata
    optional = False
    if typing.get_origin(kind_of) in (typing.Union, types.UnionType):
        parts = [a for a in typing.get_args(kind_of) if a is not type(None)]
        optional = len(parts) < len(typing.get_args(kind_of))
        kind_of = parts[0]
    default: Any = asked.default
    if asked.default_factory is not dataclasses.MISSING:
        default = asked.default_factory()
    missing = default is dataclasses.MISSING or default == _MUST_BE_GIVEN
    if isinstance(default, Path):
        default = "" if default == Path() else str(default)
    choices = tuple(str(c) for c in meta.get("choices", ()))
    if isinstance(kind_of, type) and issubclass(kind_of, enum.Enum):
        choices = tuple(str(c.value) for c in kind_of)
        default = default.value if isinstance(default, enum.Enum) else default
    elif typing.get_origin(kind_of) is typing.Literal:
        choices = tuple(str(c) for c in typing.get_args(kind_of))
    words = meta.get("choices", ())
    return FieldSpec(
        asked.name,
        say(str(meta.get("title") or asked.name.replace("_", " ").capitalize())),
        _kind(asked.name, kind_of, meta, choices),
        None if missing else default,
        say(str(meta["help"])) if meta.get("help") else "",
        bool(meta.get("required", missing and not optional)),
        choices,
        str(meta.get("currency", "")),
        meta.get("check"),
        {str(key): say(str(word)) for key, word in words.items()} if isinstance(words, Mapping) else {},
        bool(meta.get("more")),
        meta.get("only_if", ("", "")),
    )


def _kind(name: str, kind_of: Any, meta: Mapping[str, Any], choices: tuple[str, ...]) -> str:
    if meta.get("secret"):
        return "secret"
    if choices:
        return "several" if typing.get_origin(kind_of) in (list, tuple) else "choice"
    if "kind" in meta:
        return str(meta["kind"])
    if typing.get_origin(kind_of) in (list, tuple):
        return "lines"
    kinds = {bool: "yes_no", int: "whole", float: "decimal", Decimal: "money", Path: "path", str: "text"}
    for known, kind in kinds.items():
        if kind_of is known:
            return kind
    if kind_of is Any:
        return "text"
    raise TypeError(f"The field {name!r} has a type no form can ask for: {kind_of!r}.")


class Form(QWidget):
    """Asks for the fields of a dataclass. `changed` comes with every change of the user's.

    `values` are what to start from, `hidden` the fields to leave out, `editors` make the controls of kinds
    that are not known here. What has `more` in its metadata is behind a fold. `value()` raises BadInput
    while something is wrong, so ask `problems()` or `validate()` first.
    """

    changed = Signal()

    def __init__(
        self,
        config: type,
        parent: QWidget | None = None,
        *,
        values: Mapping[str, Any] | None = None,
        hidden: frozenset[str] | set[str] = frozenset(),
        keep_secrets: bool = False,
        editors: Mapping[str, EditorMaker] | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._fields: dict[str, _Field] = {}
        self._more: Fold | None = None
        given = values or {}
        specs = [spec for spec in fields_of(config) if spec.name not in hidden]
        behind = QVBoxLayout()
        for spec in specs:
            field = _Field(spec, given.get(spec.name, spec.default), keep_secrets, editors or {})
            field.changed.connect(self.changed)
            (behind if spec.more else column).addWidget(field)
            self._fields[spec.name] = field
        if any(spec.more for spec in specs):
            rest = QWidget()
            behind.setContentsMargins(0, 0, 0, 0)
            behind.setSpacing(12)
            rest.setLayout(behind)
            self._more = Fold(self.tr("More"), rest, folded=True)
            column.addWidget(self._more)
        column.addStretch(1)
        self._show_asked()
        self.changed.connect(self._show_asked)

    def _show_asked(self) -> None:
        """Hides the fields that are only asked for with another's value."""
        for field in self._fields.values():
            other, value = field.spec.only_if
            if other in self._fields:
                field.asked = self._fields[other].editor_value() == value
                field.setVisible(field.asked)

    def _asked(self) -> dict[str, _Field]:
        return {name: field for name, field in self._fields.items() if field.asked}

    def editor(self, name: str) -> QWidget:
        """The control of a field, for focus and tests; KeyError if the form does not ask for it."""
        return self._fields[name].editor

    def asks(self, name: str) -> bool:
        """Whether the form has a field of this name."""
        return name in self._fields

    def title(self, name: str) -> str:
        """What a field is called on the form; KeyError if the form does not ask for it."""
        return self._fields[name].spec.title

    def set_required(self, name: str, on: bool) -> None:
        """Whether a field must be filled in, where that depends on more than the form."""
        self._fields[name].set_required(on)

    def missing(self) -> list[str]:
        """Required fields that nobody has filled in yet, by name."""
        return [name for name, field in self._asked().items() if field.is_missing()]

    def problems(self) -> dict[str, str]:
        """What is wrong now, by field; empty if all is right."""
        return {name: problem for name, field in self._asked().items() if (problem := field.problem())}

    def validate(self) -> bool:
        """Shows every mistake beside its field and goes to the first; True if there is none."""
        problems = self.problems()
        for name, field in self._fields.items():
            field.show_problem(problems.get(name, ""))
        if problems:
            self.go_to(next(iter(problems)))
        return not problems

    def go_to(self, name: str) -> None:
        """Puts the focus on a field, wherever it is; KeyError if the form does not ask for it."""
        field = self._fields[name]
        if field.spec.more and self._more is not None:
            self._more.unfold()
        field.editor.setFocus()

    def show_problem(self, name: str, sentence: str) -> None:
        """Shows a mistake that only somebody else could see (a vendor, a file) beside its field."""
        self._fields[name].show_problem(sentence)

    def fill(self, values: Mapping[str, Any], folder: Path | None = None) -> None:
        """Puts values into their fields, the defaults into the others. Relative paths are in `folder`."""
        for name, field in self._fields.items():
            value = values.get(name, field.spec.default)
            if name in values and folder is not None and field.spec.kind in ("path", "folder") and value:
                value = str(folder / Path(str(value)).expanduser())
            field.set_value(value)
            if field.spec.more and name in values and self._more is not None:
                self._more.unfold()  # what a run file says is not hidden

    def right_values(self) -> dict[str, Any]:
        """What `value()` would give, without the fields that are wrong or missing."""
        wrong = self.problems()
        return {n: f.value() for n, f in self._asked().items() if n not in wrong and not f.keeps_secret()}

    def value(self) -> dict[str, Any]:
        """The fields as plain values: str, int, float, bool, list of str; money and paths as text.

        An empty optional field is None, an empty secret that is kept is left out.
        """
        problems = self.problems()
        if problems:
            name, sentence = next(iter(problems.items()))
            raise BadInput(f"{self._fields[name].spec.title}: {sentence}")
        return {name: field.value() for name, field in self._asked().items() if not field.keeps_secret()}


class Fold(QWidget):
    """A widget under its title, which hides and shows it."""

    def __init__(
        self, title: str, content: QWidget, parent: QWidget | None = None, *, folded: bool = False
    ) -> None:
        super().__init__(parent)
        self._words = title
        self._content = content
        self.head = QToolButton()
        self.head.setProperty("chrome", "fold")
        self.head.setCheckable(True)
        self.head.setAccessibleName(title)
        self.head.toggled.connect(self.unfold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.head, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(content)
        self.restyle()
        self.unfold(not folded)

    def restyle(self) -> None:
        """Takes the theme's font anew."""
        self.head.setFont(theme.font("strong"))

    def unfold(self, on: bool = True) -> None:
        """Shows or hides what is under the title."""
        self._content.setVisible(on)
        self.head.setChecked(on)
        self.head.setText(f"{'▾' if on else '▸'} {self._words}")


class TitledForm(QWidget):
    """A form under its title; with `folds` it is hidden until the title is clicked."""

    def __init__(self, title: str, form: Form, parent: QWidget | None = None, *, folds: bool = False) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._fold: Fold | None = None
        if folds:
            self._fold = Fold(title, form, folded=True)
            column.addWidget(self._fold)
        else:
            column.addWidget(Label(title, role="strong"))
            column.addWidget(form)

    def unfold(self, on: bool = True) -> None:
        """Shows or hides the form, if it folds."""
        if self._fold is not None:
            self._fold.unfold(on)


class _Field(QWidget):
    changed = Signal()

    def __init__(
        self, spec: FieldSpec, value: Any, keep_secrets: bool, editors: Mapping[str, EditorMaker]
    ) -> None:
        super().__init__()
        self.spec = spec
        #: False while another field's value makes this one pointless.
        self.asked = True
        self._editors = editors
        self._keep_secrets = keep_secrets
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row: QWidget
        self.editor, row = self._make_editor(value)
        self.editor.setAccessibleDescription(spec.help)
        self._label = Label()
        if spec.kind != "yes_no":
            self._label.setBuddy(self.editor)
            column.addWidget(self._label)
        self._name()
        column.addWidget(row)
        if spec.help:
            column.addWidget(Label(spec.help, role="caption", tone="muted", wrap=True))
        self._problem = Label(role="caption", tone="danger", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)

    def _name(self) -> None:
        """Says what is asked for, and whether it must be given."""
        spec = self.spec
        title = spec.title + (f", {spec.currency}" if spec.currency else "")
        self.editor.setAccessibleName(self.tr("{0}, required").format(title) if spec.required else title)
        if spec.kind == "yes_no":
            self.editor.setText(title)
        else:
            own = isinstance(self.editor, ValueEditor)  # says by itself what nothing means
            optional = not own and not spec.required and spec.default in (None, "", [], ())
            self._label.setText(self.tr("{0} (optional)").format(title) if optional else title)

    def set_required(self, on: bool) -> None:
        self.spec = dataclasses.replace(self.spec, required=on)
        self._name()
        self.show_problem("")

    def _make_editor(self, value: Any) -> tuple[Any, QWidget]:
        kind, spec = self.spec.kind, self.spec
        if kind == "several" or kind in self._editors:
            make = self._editors.get(kind)
            own = make(spec) if make is not None else SeveralChoice(spec.choices, spec.labels)
            own.set_value(value)
            own.changed.connect(self._was_changed)
            return own, own
        if kind == "yes_no":
            box = Check()
            box.setChecked(value is True)
            box.toggled.connect(self._was_changed)
            return box, box
        if kind == "choice":
            combo = Choice()
            combo.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            combo.setMinimumContentsLength(_LEAST_LETTERS)
            if not spec.required or value is None:
                combo.addItem("" if not spec.required else self.tr("Choose one"), None)
            for choice in spec.choices:
                combo.addItem(spec.labels.get(choice, choice), choice)
            combo.setCurrentIndex(max(0, combo.findData(None if value is None else str(value))))
            combo.currentIndexChanged.connect(self._was_changed)
            return combo, combo
        if kind == "lines":
            area = QPlainTextEdit("\n".join(str(v) for v in value or ()))
            area.setTabChangesFocus(True)
            area.setFixedHeight(theme.px(72))
            area.setPlaceholderText(self.tr("One a line"))
            area.textChanged.connect(self._was_changed)
            return area, area
        line = QLineEdit(self._typed(value))
        line.textChanged.connect(self._was_changed)
        line.editingFinished.connect(self._left)
        if kind == "secret":
            line.setEchoMode(QLineEdit.EchoMode.Password)
            if self._keep_secrets:
                line.setPlaceholderText(self.tr("Stored. Leave empty to keep it."))
        if kind in ("path", "folder"):
            return line, self._with_browse(line)
        return line, line

    def _typed(self, value: Any) -> str:
        """A value as its user would type it; a secret is never shown."""
        if value is None or self.spec.kind == "secret":
            return ""
        fraction = self.spec.kind in ("money", "decimal")
        return str(value).replace(".", decimal_point()) if fraction else str(value)

    def _with_browse(self, line: QLineEdit) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        browse = Button(self.tr("Browse…"))
        browse.setAutoDefault(False)
        browse.setAccessibleName(self.tr("Browse for {0}").format(self.spec.title))
        browse.clicked.connect(self._browse)
        layout.addWidget(line, 1)
        layout.addWidget(browse)
        return row

    def _browse(self) -> None:
        mode = (
            QFileDialog.FileMode.Directory
            if self.spec.kind == "folder"
            else QFileDialog.FileMode.ExistingFile
        )
        dialog = QFileDialog(self, self.spec.title)
        dialog.setFileMode(mode)
        dialog.fileSelected.connect(self.editor.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _was_changed(self) -> None:
        self.show_problem("")
        self.changed.emit()

    def _left(self) -> None:
        if self._text():  # an empty field is no mistake before the form is sent
            self.show_problem(self.problem())

    def show_problem(self, sentence: str) -> None:
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self.editor.setAccessibleDescription(sentence or self.spec.help)
        set_state(self.editor, "wrong", bool(sentence))

    def _text(self) -> str:
        kind = self.spec.kind
        if isinstance(self.editor, ValueEditor):
            return "…" if self.editor.value() else ""
        if kind == "choice":
            return self.editor.currentData() or ""
        if kind == "lines":
            return self.editor.toPlainText().strip()
        text = self.editor.text()
        return text if kind == "secret" else text.strip()

    def editor_value(self) -> Any:
        """What stands in a choice now, right or wrong."""
        return self.editor.value() if isinstance(self.editor, ValueEditor) else self._text()

    def set_value(self, value: Any) -> None:
        kind = self.spec.kind
        if isinstance(self.editor, ValueEditor):
            self.editor.set_value(value)
        elif kind == "yes_no":
            self.editor.setChecked(value is True)
        elif kind == "choice":
            self.editor.setCurrentIndex(max(0, self.editor.findData(None if value is None else str(value))))
        elif kind == "lines":
            self.editor.setPlainText("\n".join(str(v) for v in value or ()))
        else:
            self.editor.setText(self._typed(value))

    def keeps_secret(self) -> bool:
        return self.spec.kind == "secret" and self._keep_secrets and not self._text()

    def is_missing(self) -> bool:
        """It is required and empty."""
        spec = self.spec
        return spec.kind != "yes_no" and spec.required and not self._text() and not self.keeps_secret()

    def problem(self) -> str:
        spec = self.spec
        if isinstance(self.editor, ValueEditor) and (wrong := self.editor.problem()):
            return wrong
        if spec.kind != "yes_no" and not self._text():
            if not spec.required or self.keeps_secret():
                return ""
            return self.tr("Choose one.") if spec.kind == "choice" else self.tr("This is needed.")
        try:
            value = self.value()
        except BadInput as error:
            return str(error)
        if spec.kind == "path" and not Path(value).expanduser().is_file():
            return self.tr("There is no file {0}.").format(value)
        if spec.kind == "folder" and not Path(value).expanduser().is_dir():
            return self.tr("There is no folder {0}.").format(value)
        return spec.check(value) if spec.check else ""

    def value(self) -> Any:
        spec = self.spec
        if isinstance(self.editor, ValueEditor):
            return self.editor.value()
        if spec.kind == "yes_no":
            return self.editor.isChecked()
        text = self._text()
        if spec.kind == "lines":
            return [line.strip() for line in text.splitlines() if line.strip()]
        if not text:
            return None if not isinstance(spec.default, str) else ""
        if spec.kind == "whole":
            number = whole_typed(text.removeprefix("-"))
            if number is None:
                raise BadInput(say("{text!r} is no whole number.", text=text))
            return -number if text.startswith("-") else number
        if spec.kind == "decimal":
            try:
                fraction = float(text.replace(decimal_point(), "."))
            except ValueError:
                raise BadInput(say("{text!r} is no number.", text=text)) from None
            if not math.isfinite(fraction):
                raise BadInput(say("{text!r} is no number.", text=text))
            return fraction
        if spec.kind == "money":
            amount_typed(text, spec.currency or "USD")
            return text.replace(",", ".")
        return text
