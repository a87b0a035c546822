"""Every text that a person reads goes through `tr`, `say`, `say_count` or `mark`, as one literal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest

import crowddesk

PACKAGE = Path(crowddesk.__file__).parent
#: Where the rules hold, and what follows; the dialog has words that a vendor has, and workers read.
COVERED = (
    "ui/**/*.py", "operations/**/*.py", "store/**/*.py", "blueprints/*.py", "data_model/*.py", "lanes.py",
    "plugins.py", "recent.py", "registry.py", "settings.py", "vault.py", "taskserver/service.py",
    "taskserver/sites.py", "providers/base.py", "providers/mock/*.py", "providers/inhouse/*.py",
    "providers/prolific/*.py", "providers/prolific_sandbox/provider.py",
    "providers/prolific_sandbox/process.py", "providers/prolific_sandbox/entities.py",
)  # fmt: skip
LATER = frozenset({"ui/commands.py", "ui/navigation.py", "ui/dialogs/tell.py"})
#: Pages that workers read, what answers that are stored say of themselves, and pages of a first schema.
OF_OTHERS = frozenset(
    {
        "blueprints/chat_page.py", "blueprints/form_answer.py", "blueprints/form_page.py",
        "blueprints/elsewhere.py", "providers/inhouse/provider.py", "providers/prolific/visits.py",
        "store/first_schema.py",
    }
)  # fmt: skip
#: How texts begin that workers, files or vendors read, in a module whose other texts the requester reads.
NOT_THEIRS: dict[str, tuple[str, ...]] = {
    "operations/adoption.py": ("Adopted from ",),
    "operations/demo.py": ("Thank you",),
    "operations/export/manifest.py": ("Workers", "Text that a spreadsheet"),
    "operations/fair_pay.py": ("This brings your pay",),
    "operations/reasons.py": (
        "Thank you",
        "An honest try",
        "Item {item}",
        "Something went wrong with the page",
    ),
    "operations/rehearsal.py": ("Rehearsal of ",),
    "providers/base.py": ("The link does not say",),
    "providers/inhouse/entities.py": ("You are ", "budget: "),
    "providers/mock/vendor.py": ("Refused for practice",),
    "providers/prolific/groups.py": ("Made by CrowdDesk",),
    "providers/prolific/hosted_form.py": ("<p>Look at", "Your answer"),
    "providers/prolific/study.py": ("You could not",),
    "providers/prolific_sandbox/entities.py": ("Workspace of ",),
}
SAYING = frozenset({"say", "say_count", "mark"})
#: What shows its arguments: functions, widgets and methods, and which of them where not all are words.
SHOWN: dict[str, slice] = {
    "Column": slice(1, 2), "Notice": slice(1, 3), "Fact": slice(4), "say": slice(1),
    **dict.fromkeys(
        (
            "setText", "setToolTip", "setStatusTip", "setWindowTitle", "setTitle", "setAccessibleName",
            "setAccessibleDescription", "setPlaceholderText", "setLabelText", "setInformativeText",
            "setHeaderLabels", "addAction", "addMenu", "addTab", "addRow", "addItem", "insertItem",
            "set_title", "set_facts", "set_verb", "Label", "ElidedLabel", "Button", "Check", "QLabel",
            "QPushButton", "QCheckBox", "QRadioButton", "QAction", "QMenu", "QGroupBox", "EmptyState",
            "Banner", "StatusWord", "Told", "copy_button", "show_error", "ErrorDialog", "add_block", "Part",
        ),
        slice(None),
    ),
}  # fmt: skip
#: Exceptions that tell developers something.
FOR_DEVELOPERS = frozenset(
    {
        "TypeError", "ValueError", "RuntimeError", "AssertionError", "KeyError", "LookupError",
        "AttributeError", "OSError", "ImportError", "NotImplementedError",
    }
)  # fmt: skip
#: What compares a text, or takes it apart.
KEYS = frozenset({"startswith", "endswith", "removeprefix", "removesuffix", "split", "partition", "replace"})
LOGGING = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE = re.compile(r"[^\w]*[A-Z][a-z’']+ (?:.* )?[a-z]{2,}")
#: What is glued to something said: " of {}", ", {} waiting".
_FRAGMENT = re.compile(r"[ ,;·]+(?:\{\} )?[a-z]{2,}\b(?![:=])")
_MARKUP = re.compile(r"<[^<>]*>|\{[^{}]*\}")
#: Abbreviations, addresses, searches and places in files are the same in every language.
_SAME = re.compile(r"\b[A-Z0-9-]+\b|\S+[:/]\S+|^[a-z_]+\.[a-z_.]*(?:: )?$")


def faults_of(source: str) -> list[str]:
    """What of a module is shown and not said, or is said in a way that cannot be translated."""
    tree = ast.parse(source)
    return sorted({f"{line}: {fault}" for line, fault in _Reader(tree).faults()}, key=_line_of)


def _line_of(fault: str) -> int:
    return int(fault.partition(":")[0])


class _Reader:
    def __init__(self, tree: ast.Module) -> None:
        self._tree = tree
        self._above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def faults(self) -> Iterator[tuple[int, str]]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.Call):
                name = _name_of(node.func)
                if _is_saying(node):
                    yield from self._of_saying(name, node)
                elif name in SHOWN:
                    for shown in node.args[SHOWN[name]]:
                        yield from self._of_shown(name, shown)
            elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                name = _name_of(node.exc.func)
                if name in _errors_people_read() and node.exc.args:
                    yield from self._of_shown(name, node.exc.args[0])
            elif (text := _text_of(node)) is not None and _reads_as_words(text) and not self._is_quiet(node):
                yield node.lineno, f"not said: {text!r}"

    def _of_saying(self, name: str, call: ast.Call) -> Iterator[tuple[int, str]]:
        if name == "tr" and ast.unparse(call.func) != "self.tr":  # lupdate takes any other for a class's name
            yield call.lineno, f"only a class of Qt's translates: {ast.unparse(call.func)}"
        for text in call.args[: 2 if name == "say_count" else 1]:
            if _is_literal(text) and self._is_in_text(call):
                yield text.lineno, f"lupdate does not look into an f-string: {ast.unparse(text)}"
            if not (_is_literal(text) or (name in ("say", "tr") and _is_marked(text))):
                yield text.lineno, f"{name} takes one literal: {ast.unparse(text)}"

    def _is_in_text(self, node: ast.AST) -> bool:
        above: ast.AST | None = node
        while (above := self._above.get(above)) is not None:
            if isinstance(above, ast.JoinedStr):
                return True
        return False

    def _of_shown(self, name: str, shown: ast.expr) -> Iterator[tuple[int, str]]:
        for part in _alternatives(shown):
            text = _text_of(part)
            if text is not None and _WORD.search(_plain(text)):
                yield part.lineno, f"{name} shows what is not said: {text!r}"

    def _is_quiet(self, node: ast.AST) -> bool:
        """A text that nobody reads in the window, or one that is said."""
        below: ast.AST = node
        while (above := self._above.get(below)) is not None:
            if isinstance(above, ast.Expr) and below is node:  # a docstring
                return True
            if isinstance(above, ast.JoinedStr | ast.Compare | ast.Subscript):
                return True  # a part of a text that is looked at itself, or a key
            if isinstance(above, ast.Call):
                name = _name_of(above.func)
                logs = isinstance(above.func, ast.Attribute) and name in LOGGING
                if _is_saying(above) or name in FOR_DEVELOPERS | KEYS or logs:
                    return True
            if isinstance(above, ast.Raise):  # of an exception that people do not read
                return True
            if isinstance(above, ast.stmt):
                return False
            below = above
        return False


def _name_of(func: ast.expr) -> str:
    if isinstance(func, ast.Attribute):
        return func.attr
    return func.id if isinstance(func, ast.Name) else ""


def _is_saying(call: ast.Call) -> bool:
    """A toast and a label have methods of these names, which show what they are given."""
    return call.func.id in SAYING if isinstance(call.func, ast.Name) else _name_of(call.func) == "tr"


def _is_marked(text: ast.expr) -> bool:
    """Whether this may be a text that was marked where it is written, such as a name or `WORDS.get(key)`."""
    if isinstance(text, ast.Call):
        return _name_of(text.func) in ("get", "str")
    return isinstance(text, ast.Name | ast.Attribute | ast.Subscript)


@cache
def _errors_people_read() -> frozenset[str]:
    """The names of the package's own errors, whose words end in the window."""
    heirs = {"CrowdDeskError"}
    bases = {
        node.name: {_name_of(base) for base in node.bases}
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    }
    while more := {name for name, above in bases.items() if above & heirs} - heirs:
        heirs |= more
    return frozenset(heirs)


def _alternatives(shown: ast.expr) -> Iterator[ast.expr]:
    """The parts of which an expression makes a text."""
    if isinstance(shown, ast.IfExp):
        yield from _alternatives(shown.body)
        yield from _alternatives(shown.orelse)
    elif isinstance(shown, ast.BoolOp):
        for value in shown.values:
            yield from _alternatives(value)
    elif isinstance(shown, ast.BinOp):
        yield from _alternatives(shown.left)
        yield from _alternatives(shown.right)
    elif isinstance(shown, ast.JoinedStr):
        yield shown
        for part in shown.values:
            if isinstance(part, ast.FormattedValue):
                yield from _alternatives(part.value)
    elif isinstance(shown, ast.Call) and _name_of(shown.func) == "format":
        assert isinstance(shown.func, ast.Attribute)
        yield from _alternatives(shown.func.value)
        for value in shown.args:
            yield from _alternatives(value)
    else:
        yield shown


def _is_literal(text: ast.expr) -> bool:
    return isinstance(text, ast.Constant) and isinstance(text.value, str)


def _text_of(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
    return None


def _reads_as_words(text: str) -> bool:
    return bool(_SENTENCE.match(_MARKUP.sub("", text)) or _FRAGMENT.match(text))


def _plain(text: str) -> str:
    return _SAME.sub("", _MARKUP.sub("", text))


def _covered() -> list[Path]:
    return sorted({path for pattern in COVERED for path in PACKAGE.glob(pattern)})


@pytest.mark.parametrize(
    "path",
    [path for path in _covered() if path.relative_to(PACKAGE).as_posix() not in LATER | OF_OTHERS],
    ids=lambda path: path.relative_to(PACKAGE).as_posix(),
)
def test_what_is_shown_is_said(path):
    others = NOT_THEIRS.get(path.relative_to(PACKAGE).as_posix(), ())
    found = faults_of(path.read_text(encoding="utf-8"))
    assert [fault for fault in found if not _is_of(fault, others)] == []


def _is_of(fault: str, beginnings: tuple[str, ...]) -> bool:
    """Whether a fault is about a text that begins so."""
    text = fault.partition(": ")[2].partition(": ")[2][1:]
    return bool(beginnings) and text.startswith(beginnings)


def test_the_places_of_a_text_are_those_that_are_filled():
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or _name_of(call.func) != "say" or not call.keywords:
                continue
            given = {keyword.arg for keyword in call.keywords}
            if call.args and _is_literal(call.args[0]) and None not in given:
                text = ast.literal_eval(call.args[0])
                named = {name.split(".")[0] for _, name, _, _ in Formatter().parse(text) if name is not None}
                if named != given:
                    wrong.append(f"{path}:{call.lineno}: {sorted(map(str, named ^ given))}")
    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        'label.setText("Nothing here yet")',
        'label.setText("none")',
        'label.setText(f"{count} units")',
        'label.setText("yes" if on else say("no"))',
        'label.setText(found or "nothing")',
        "label.setText(f\"{name}: {found or 'none'}\")",
        'label.setText("{} units".format(count))',
        'label.setText("Units: " + number)',
        'Label("Nothing here yet")',
        'Column("worker", "Worker", text_of)',
        'toast.say("Done")',
        'raise BadInput("There is no run.")',
        'raise BadInput(f"There is no run {run}.")',
        "say(f'There is no run {run}.')",
        "self.tr('There is ' + what)",
        "say('one' if one else 'several')",
        "say_count(many, '%n unit', 3)",
        "mark(TITLE)",
        "window.tr('Settings')",
        'TITLES = {"a": "First title"}',
        'def words():\n    return "Nobody has answered."',
        'found.append(f"There is no column {name}.")',
        'words += f" of {total}"',
        'words = count + (", none waits" if none else "")',
        "label.setText(f\"✓ {say('Nothing here yet')}\")",
    ],
)
def test_a_text_that_is_not_said_is_found(source):
    assert faults_of(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""What this module is for."""',
        'label.setText(self.tr("Nothing here yet"))',
        'label.setText(f"✓ {say(WORDS)}")',
        'label.setText("–" if none else number_text(count))',
        'label.setText(f"{name} · {count}")',
        'label.setToolTip(f"{field}\\nSHA-256 {digest}")',
        'Column("worker", say("Worker"), text_of)',
        'TITLES = {"a": mark("First title")}\nlabel.setText(say(TITLES["a"]))',
        'raise TypeError("This is no dataclass.")',
        'raise BadInput(say("There is no run {run}.", run=run))',
        'logger.warning("The run %d cannot be read", run)',
        'button.setProperty("look", "primary")',
        'say_count("%n units", "%n unit", count)',
        'session.wanted.emit("units", "status:completed pending:none")',
        'if error == "Not Found here": pass',
        "navigation.mark(key)",
        'toast.say(words, "quiet")',
        'line.setPlaceholderText("https://lab.example.org")',
        'raise Turned("Come back later.")',
    ],
)
def test_what_is_right_is_left_alone(source):
    assert faults_of(source) == []
