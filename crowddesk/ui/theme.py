"""How the window looks: colours of both schemes, state words, fonts, sizes, icons, one small style sheet.

Everything here may be called from the GUI thread only. One `Theme` per application puts a look in force; the
functions below read the look in force, as `QApplication.palette()` does. A widget that keeps a font, a colour
or a size has a method `restyle()`, which a `Theme` calls after every change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QByteArray, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QIcon, QPainter, QPalette, QPixmap
from PySide6.QtWidgets import QApplication

from crowddesk.language import mark, say


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one scheme as #RRGGBB."""

    dark: bool
    base: str
    alternate: str
    navigation: str
    line: str
    control_line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_strong: str
    selection: str
    danger: str
    danger_soft: str
    on_danger: str
    warning: str
    good: str


LIGHT: Final = Colours(
    dark=False, base="#FFFFFF", alternate="#F7F8FA", navigation="#F1F3F6", line="#E1E5EA",
    control_line="#D5DAE1", text="#1C2127", muted="#5B6470", accent="#1F5FBF", on_accent="#FFFFFF",
    accent_strong="#1A52A6", selection="#E6EFFC", danger="#B3261E", danger_soft="#FDECEA",
    on_danger="#FFFFFF", warning="#8A5A00", good="#1B6E3C",
)  # fmt: skip
DARK: Final = Colours(
    dark=True, base="#16191D", alternate="#1B1F24", navigation="#121518", line="#2A3037",
    control_line="#343B44", text="#E6E9ED", muted="#9AA4B2", accent="#7FB2FF", on_accent="#16191D",
    accent_strong="#98C1FF", selection="#1E2C40", danger="#FF8F86", danger_soft="#3A1E1E",
    on_danger="#16191D", warning="#F0B84A", good="#6CCB8F",
)  # fmt: skip


class StatusLook(NamedTuple):
    """What a status looks like: a sign, a word and a colour, always together."""

    sign: str
    word: str
    colour: str


_STATUSES: Final[dict[str, tuple[str, str, str, str]]] = {
    "created": ("○", mark("created"), "#5B6470", "#9AA4B2"),
    "launched": ("◌", mark("launched"), "#1F5FBF", "#7FB2FF"),
    "assigned": ("◐", mark("assigned"), "#0B6B75", "#5CC8D3"),
    "completed": ("●", mark("completed"), "#8A5A00", "#F0B84A"),
    "accepted": ("✓", mark("accepted"), "#1B6E3C", "#6CCB8F"),
    "soft_rejected": ("≈", mark("soft rejected"), "#6B4BA8", "#BDA3F0"),
    "rejected": ("✕", mark("rejected"), "#B3261E", "#FF8F86"),
    "expired": ("⊘", mark("expired"), "#6A7078", "#8A939F"),
}
#: Other words of the program that have a state's colour: agents, runs, actions, lanes, decisions.
_SAME_LOOK: Final[dict[str, tuple[str, str]]] = {
    "none": ("launched", mark("none")),
    "taken": ("assigned", mark("accepted")),
    "onboarding": ("launched", mark("onboarding")),
    "waiting": ("created", mark("waiting")),
    "in task": ("assigned", mark("in task")),
    "partner disconnect": ("completed", mark("partner left")),
    "disconnect": ("expired", mark("disconnected")),
    "timeout": ("expired", mark("timed out")),
    "returned": ("expired", mark("returned")),
    "approved": ("accepted", mark("approved")),
    "mixed": ("completed", mark("mixed")),
    "draft": ("created", mark("draft")),
    "launching": ("launched", mark("launching")),
    "live": ("assigned", mark("live")),
    "paused": ("completed", mark("paused")),
    "closing": ("launched", mark("closing")),
    "closed": ("expired", mark("closed")),
    "staged": ("created", mark("staged")),
    "queued": ("launched", mark("queued")),
    "sending": ("assigned", mark("sending")),
    "done": ("accepted", mark("done")),
    "refused": ("rejected", mark("refused")),
    "unknown": ("completed", mark("unknown")),
    "needs_you": ("completed", mark("needs you")),
    "cancelled": ("expired", mark("cancelled")),
    "approve": ("accepted", mark("approve")),
    "soft_reject": ("soft_rejected", mark("soft reject")),
    "reject": ("rejected", mark("reject")),
    "unreject": ("accepted", mark("un-reject")),
    "idle": ("created", mark("idle")),
    "working": ("assigned", mark("working")),
    "limit": ("completed", mark("waiting for the vendor’s limit")),
    "offline": ("rejected", mark("offline")),
    "locked": ("completed", mark("locked")),
    "no token": ("completed", mark("needs its token")),
    "no plug-in": ("rejected", mark("no plug-in")),
    "undecided": ("created", mark("undecided")),
    "in": ("accepted", mark("in")),
    "out": ("expired", mark("out")),
}
#: Signs of their own, so that what has one colour is told apart without it: lanes, what workers do.
_OWN_SIGNS: Final[dict[str, str]] = {
    "working": "●", "limit": "◐", "offline": "⊘", "locked": "▣", "no token": "▣", "no plug-in": "✕",
    "taken": "◔", "onboarding": "◇", "waiting": "⋯", "partner disconnect": "◑",
    "disconnect": "⊗", "timeout": "◷", "returned": "↩",
}  # fmt: skip
#: Where the state's own colour would fall under 4.5:1 on the selection.
_ON_SELECTION: Final[dict[tuple[str, bool], str]] = {("expired", False): "#646A72"}

#: Beside the words of a table's head, at 100 %.
_HEADER_PADDING: Final = 10
_ROW_HEIGHTS: Final = {"compact": 24, "normal": 28, "roomy": 36}
_FONT_SIZES: Final = {
    "text": 13.0,
    "strong": 13.0,
    "caption": 11.5,
    "figure": 17.0,
    "title": 19.0,
    "mono": 11.0,
}


@dataclass(slots=True)
class _InForce:
    colours: Colours = LIGHT
    scale: float = 1.0
    rows: str = "normal"
    reduced_motion: bool = False
    icons: Path | None = None


_in_force = _InForce()


def colours() -> Colours:
    """The colours in force."""
    return _in_force.colours


def reduced_motion() -> bool:
    """Whether nothing may glow, fade or slide."""
    return _in_force.reduced_motion


def px(size: float) -> int:
    """A size of the design (at 100 % text) in pixels at the text scale in force."""
    return round(size * _in_force.scale)


def row_height() -> int:
    """The height of a table row in pixels: 24, 28 or 36 times the text scale."""
    return px(_ROW_HEIGHTS[_in_force.rows])


def font(role: str = "text") -> QFont:
    """The font of a role: text, strong, caption, figure, title or mono. Digits have one width in all."""
    made = QFont(QApplication.font())
    if role == "mono":
        made.setStyleHint(QFont.StyleHint.Monospace)
        made.setFamilies(["DejaVu Sans Mono", "Menlo", "Consolas", "monospace"])
    made.setPixelSize(max(1, px(_FONT_SIZES[role])))
    if role in ("strong", "title", "figure"):
        made.setWeight(QFont.Weight.DemiBold)
    made.setFeature(QFont.Tag("tnum"), 1)
    return made


def title_width(title: str) -> int:
    """The width, in pixels, of a table's head over a column of this title."""
    return QFontMetrics(font("caption")).horizontalAdvance(title) + 2 * px(_HEADER_PADDING) + 1


def status_look(status: str, *, selected: bool = False) -> StatusLook:
    """The sign, the word and the colour of a status, action state, lane state or decision.

    An unknown status keeps its own word in muted grey. `selected`: on the selection's background.
    """
    alike, word = _SAME_LOOK.get(status, (status, ""))
    dark = _in_force.colours.dark
    if alike not in _STATUSES:
        return StatusLook("·", status, _in_force.colours.muted)
    sign, own_word, light_colour, dark_colour = _STATUSES[alike]
    colour = dark_colour if dark else light_colour
    if selected:
        colour = _ON_SELECTION.get((alike, dark), colour)
    shown = word or own_word
    return StatusLook(_OWN_SIGNS.get(status, sign), say(shown), colour)


def agent_key(status: str | None) -> str:
    """The name by which `status_look` knows an agent's status: a worker's `accepted` is no decision's."""
    return "taken" if status == "accepted" else status or ""


@lru_cache(maxsize=256)
def colour(name: str) -> QColor:
    """A QColor for #RRGGBB, made once."""
    return QColor(name)


def icon(name: str, tint: str | None = None) -> QIcon:
    """One of `resources/icons/`, drawn in the text's colour or in `tint`; an empty icon if there is none."""
    return _icon(_in_force.icons, name, tint or _in_force.colours.text)


@lru_cache(maxsize=128)
def _icon(folder: Path | None, name: str, tint: str) -> QIcon:
    made = QIcon()
    path = folder / f"{name}.svg" if folder else None
    if path is None or not path.is_file():
        return made
    from PySide6.QtSvg import QSvgRenderer  # only who shows an icon pays for it

    text = path.read_text("utf-8").replace("currentColor", tint)
    renderer = QSvgRenderer(QByteArray(text.encode()))
    for size in (16, 20, 24, 32, 64, 128, 256):
        picture = QPixmap(size, size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(picture)
    return made


class Theme(QObject):
    """Puts one look in force on the application and follows the system's scheme.

    `scheme` is system, light or dark; `scale` the text size in percent (100-200); `rows` is compact, normal
    or roomy; `icons` is the folder of the line icons. `changed` is emitted after every change.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        icons: Path | None = None,
        *,
        scheme: str = "system",
        scale: int = 100,
        rows: str = "normal",
        reduced_motion: bool = False,
    ) -> None:
        super().__init__(app)
        self._app = app
        self._family_font = QFont(app.font())
        self._scheme = scheme
        _in_force.icons = icons
        app.setStyle("Fusion")
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow_system)
        self.set(scheme=scheme, scale=scale, rows=rows, reduced_motion=reduced_motion)

    def set(
        self,
        *,
        scheme: str | None = None,
        scale: int | None = None,
        rows: str | None = None,
        reduced_motion: bool | None = None,
    ) -> None:
        """Changes what is given and keeps the rest. ValueError for a word or a size that there is not."""
        if scheme is not None and scheme not in ("system", "light", "dark"):
            raise ValueError(f"{scheme!r} is no scheme: use system, light or dark.")
        if rows is not None and rows not in _ROW_HEIGHTS:
            raise ValueError(f"{rows!r} is no row height: use compact, normal or roomy.")
        if scale is not None and not 100 <= scale <= 200:
            raise ValueError(f"{scale} % is no text size: use 100 to 200.")
        self._scheme = scheme or self._scheme
        _in_force.rows = rows or _in_force.rows
        _in_force.scale = _in_force.scale if scale is None else scale / 100
        if reduced_motion is not None:
            _in_force.reduced_motion = reduced_motion
        self._apply()

    def _follow_system(self) -> None:
        if self._scheme == "system":
            self._apply()

    def _apply(self) -> None:
        system_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = system_dark if self._scheme == "system" else self._scheme == "dark"
        _in_force.colours = DARK if dark else LIGHT
        base = QFont(self._family_font)
        base.setPixelSize(px(_FONT_SIZES["text"]))
        base.setFeature(QFont.Tag("tnum"), 1)
        self._app.setFont(base)
        self._app.setPalette(_palette(_in_force.colours))
        self._app.setStyleSheet(_style_sheet(_in_force.colours))
        for widget in self._app.allWidgets():
            if restyle := getattr(widget, "restyle", None):
                restyle()
            widget.updateGeometry()
            widget.update()
        self.changed.emit()


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for which, name in (
        (role.Window, c.base), (role.WindowText, c.text), (role.Base, c.base), (role.Text, c.text),
        (role.AlternateBase, c.alternate), (role.Button, c.base), (role.ButtonText, c.text),
        (role.ToolTipBase, c.alternate), (role.ToolTipText, c.text), (role.PlaceholderText, c.muted),
        (role.Highlight, c.selection), (role.HighlightedText, c.text), (role.Link, c.accent),
        (role.LinkVisited, c.accent), (role.BrightText, c.danger), (role.Accent, c.accent),
        (role.Light, c.alternate), (role.Midlight, c.line), (role.Mid, c.line), (role.Dark, c.control_line),
        (role.Shadow, c.control_line),
    ):  # fmt: skip
        palette.setColor(which, QColor(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(c.muted))
    return palette


def _style_sheet(c: Colours) -> str:
    button = c.alternate if c.dark else c.base
    return f"""
QPushButton, QToolButton[chrome="button"] {{ background: {button}; border: 1px solid {c.line};
    border-radius: 6px; padding: 0 {px(12)}px; min-height: {px(26)}px; }}
QPushButton:hover, QToolButton[chrome="button"]:hover {{ border-color: {c.muted}; }}
QPushButton:pressed, QToolButton[chrome="button"]:pressed {{ background: {c.selection}; }}
QToolButton[chrome="button"]:checked {{ background: {c.selection}; color: {c.accent}; }}
QPushButton:focus, QToolButton[chrome="button"]:focus {{ border-color: {c.accent}; }}
QPushButton:disabled {{ color: {c.muted}; background: {c.alternate}; }}
QPushButton[look="primary"] {{ background: {c.accent}; color: {c.on_accent}; border-color: {c.accent}; }}
QPushButton[look="primary"]:hover, QPushButton[look="primary"]:focus {{ background: {c.accent_strong}; }}
QPushButton[look="primary"]:focus {{ border-color: {c.text}; }}
QPushButton[look="danger"] {{ background: {c.danger}; color: {c.on_danger}; border-color: {c.danger}; }}
QPushButton[look="danger"]:focus {{ border-color: {c.text}; }}
QPushButton[look="primary"]:disabled, QPushButton[look="danger"]:disabled {{
    background: {c.alternate}; color: {c.muted}; border-color: {c.line}; }}
QPushButton[look="link"], QPushButton[look="quiet"] {{ background: transparent;
    border: 1px solid transparent; color: {c.accent}; padding: 0 {px(6)}px; }}
QPushButton[look="link"]:focus, QPushButton[look="quiet"]:focus {{ border-color: {c.accent}; }}
QPushButton[look="link"]:disabled {{ color: {c.muted}; }}
QToolButton[chrome="button"] {{ padding: 0 {px(8)}px; max-height: {px(26)}px; }}
QToolButton[chrome="fold"] {{ background: transparent; border: 1px solid transparent; border-radius: 6px;
    padding: 2px 4px 2px 0; text-align: left; }}
QToolButton[chrome="fold"]:focus {{ border-color: {c.accent}; }}
QToolButton[chrome="button"]::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QListWidget {{ background: {c.base};
    border: 1px solid {c.control_line}; border-radius: 6px; padding: 0 {px(8)}px;
    selection-background-color: {c.accent}; selection-color: {c.on_accent}; }}
QLineEdit, QComboBox, QSpinBox {{ min-height: {px(26)}px; }}
QPlainTextEdit, QTextEdit {{ padding: {px(4)}px; }}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus,
    QListWidget:focus {{ border-color: {c.accent}; }}
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {{ border-color: {c.danger}; }}
QComboBox {{ padding: 0 {px(10)}px; }}
QComboBox::drop-down {{ border: none; width: {px(20)}px; }}
QComboBox::down-arrow {{ image: none; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QComboBox QAbstractItemView {{ background: {c.base}; border: 1px solid {c.line}; padding: 4px;
    selection-background-color: {c.selection}; selection-color: {c.text}; }}
QMenu {{ background: {c.base}; border: 1px solid {c.control_line}; padding: 4px; }}
QMenu::item {{ padding: {px(4)}px {px(20)}px; border-radius: 4px; }}
QMenu::item:selected {{ background: {c.selection}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: 4px 8px; }}
QToolTip {{ background: {c.alternate}; color: {c.text}; border: 1px solid {c.control_line}; padding: 4px; }}
QHeaderView {{ background: {c.base}; border: none; }}
QHeaderView::section {{ background: {c.base}; color: {c.muted}; border: none;
    border-bottom: 1px solid {c.line}; padding: 0 {px(_HEADER_PADDING)}px;
    font-size: {px(_FONT_SIZES["caption"])}px; }}
QTableView {{ background: {c.base}; border: none; outline: none; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {c.line}; }}
QTabBar {{ qproperty-drawBase: 0; }}
QTabBar::tab {{ background: transparent; color: {c.muted}; border: none; border-bottom: 2px solid transparent;
    padding: {px(6)}px {px(2)}px; margin-right: {px(16)}px; }}
QTabBar::tab:selected {{ color: {c.accent}; border-bottom-color: {c.accent}; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:focus {{ border-bottom-color: {c.accent}; text-decoration: underline; }}
QScrollArea {{ border: none; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {c.control_line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {c.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QFrame[card="true"] {{ background: {c.base}; border: 1px solid {c.line}; border-radius: 8px; }}
QScrollArea[card="true"] {{ padding: 3px; }}
QLabel[tone="muted"] {{ color: {c.muted}; }}
QLabel[tone="danger"] {{ color: {c.danger}; }}
QLabel[tone="warning"] {{ color: {c.warning}; }}
QLabel[tone="good"] {{ color: {c.good}; }}
QProgressBar {{ background: {c.line}; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }}
QProgressBar::chunk {{ background: {c.accent}; border-radius: 2px; }}
"""
