"""A worker's page drawn without a browser: its words, its choices and its tables; no script, nothing loaded.

Any HTML comes in, and only a few plain tags go out: text is escaped anew, attributes are dropped, form
controls become signs. `readable` knows no Qt and may be called from any thread.
"""

from __future__ import annotations

import html
import re
import time
from collections import Counter
from html.parser import HTMLParser
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from crowddesk.language import say
from crowddesk.ui import theme

_KEPT: Final = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "b", "strong", "i", "em", "u", "s",
    "small", "sub", "sup", "code", "pre", "blockquote", "table", "thead", "tbody", "tr", "td", "th",
    "dl", "dt", "dd", "hr", "br",
})  # fmt: skip
_EMPTY: Final = frozenset({"hr", "br"})
_DROPPED: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "object", "iframe", "title", "select"}
)
_BLOCKS: Final = frozenset({
    "div", "section", "article", "main", "header", "footer", "form", "fieldset", "nav",
    "aside", "label", "crowd-form", "crowd-radio-group", "short-instructions", "full-instructions",
})  # fmt: skip
_SIGNS: Final = {"radio": "○", "checkbox": "☐", "crowd-radio-button": "○", "crowd-checkbox": "☐"}
_BOXES: Final = {
    "textarea": "[______________]",
    "crowd-text-area": "[______________]",
    "crowd-input": "[________]",
}
#: Inputs that are buttons.
BUTTONS: Final = frozenset({"submit", "image", "button", "reset"})
#: Qt draws the larger ones over the words of the window.
_HEADINGS: Final = {"h1": "h3", "h2": "h3", "h3": "h4", "h5": "h4", "h6": "h4"}
_ENDS: Final = (
    "<br>",
    "<p>",
    "</p>",
    "</table>",
    "</blockquote>",
    "</h3>",
    "</h4>",
    "</ul>",
    "</ol>",
    "<hr>",
    "<b>",
)
#: Longer pages are cut: a cell of 10 MB would stop the window.
LONGEST: Final = 60_000
#: More of a page is not read: scripts and styles are left out, so it is more than what is shown.
LONGEST_READ: Final = 8 * LONGEST
_PIECE: Final = 4_000
#: Deeper boxes, and more cells of tables, take Qt minutes to lay out.
_DEEPEST: Final = 24
_MOST_CELLS: Final = 1_500
_BOXES_IN_BOXES: Final = frozenset({"table", "ul", "ol", "dl", "dd", "blockquote"})
_MOST_BOXES: Final = 6
_MOST_TABLES: Final = 3
_MOST_LINES: Final = 3_000
_LONG_WORD: Final = re.compile(r"\S{1000,}")
_PART: Final = re.compile(r"\S{1,200}")
_MOST_SECONDS: Final = 1.0


def readable(page: str) -> str:
    """The page as HTML of plain tags without attributes."""
    return PageReader().read(page)


class PageReader(HTMLParser):
    """Reads a page and writes the plain one; a subclass may draw the controls in another way."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._size = 0
        self._open: list[str] = []
        self._skipping: list[str] = []
        self._options: list[str] | None = None
        self._cells = self._lines = 0

    def draw_control(self, tag: str, values: dict[str, str]) -> bool:
        """Draws a control that begins here by `add`; False leaves it empty, as it is before an answer."""
        return False

    def draw_select(self) -> bool:
        """Draws the list of choices that ends here by `add`; False leaves it without a choice."""
        return False

    def begin_option(self, values: dict[str, str]) -> None:
        """A choice of a list begins, with these attributes."""

    def read(self, page: str) -> str:
        """Reads a page, of a very long one the beginning, and returns the plain one.

        What is written to be slow to read, as `<a<a<a...` is, is left out or ends after a second.
        """
        ends, at = time.monotonic() + _MOST_SECONDS, 0
        page = page[:LONGEST_READ]
        while at < len(page) and not self.is_full and time.monotonic() < ends:
            self.feed(page[at : at + _PIECE])
            at += _PIECE
        # A tag or a script without an end is held back whole, and tried letter by letter at the end.
        is_read = at >= len(page) and len(self.rawdata) <= _PIECE
        if is_read:
            self.close()
        tail = "" if is_read and not self.is_full else "<p>…</p>"
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open)) + tail

    @property
    def is_full(self) -> bool:
        """Whether what comes now is left out."""
        return self._size > LONGEST

    def add(self, text: str) -> None:
        """Adds HTML that is safe: escaped, and of plain tags."""
        self._size += len(text)
        self._lines += text.count("<br>") + text.count("<p>") + 8 * text.count("<hr>")
        if self._lines > _MOST_LINES:
            self._size = LONGEST + 1
        if not self.is_full:
            self._parts.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self._options is not None and tag == "option":
            self._options.append("")
            self.begin_option(values)
        elif self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.append(tag)
        elif self.draw_control(tag, values):
            return
        elif tag in _DROPPED:
            self._skipping.append(tag)
            if tag == "select":
                self._options = []
        elif tag == "input":
            if values.get("type", "").lower() in BUTTONS:
                self.new_line()
            self.add(_control(values))
        elif tag in _SIGNS:
            self.add(f"<br>{_SIGNS[tag]} ")
        elif tag in _BOXES:
            self.add(_field(_BOXES[tag]))
        elif tag == "img":
            name = values.get("alt") or _name(values.get("src", ""))
            self.add("[" + html.escape(say("image: {name}", name=name)) + "]")
        elif tag in ("audio", "video", "canvas", "embed"):
            self.add(f"[{tag}]")
        elif tag in ("button", "crowd-button"):
            self.new_line()
            self.add("[ ")
        elif tag == "legend":
            self.new_line()
            self.add("<br><b>" if self._parts else "<b>")
        elif tag in _EMPTY:
            self.add(f"<{tag}>")
        elif tag in _KEPT and not self.is_full and self._may_open(tag):
            tag = _HEADINGS.get(tag, tag)
            self._open.append(tag)
            self.add(f"<{tag}>")
        elif tag in _BLOCKS:
            self.new_line()

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
                if tag == "select" and self._options is not None:
                    if not self.draw_select():
                        self._end_select()
                    self._options = None
        elif tag in ("button", "crowd-button"):
            self.add(" ]<br>")
        elif tag == "legend":
            if self._parts and self._parts[-1] == "<br>":  # of a label in it
                self._parts.pop()
            self.add("</b><br>")
        elif (tag := _HEADINGS.get(tag, tag)) in self._open:
            while self._open:  # tags that were left open end with the one around them
                last = self._open.pop()
                self.add(f"</{last}>")
                if last == tag:
                    break
        elif tag in _BLOCKS:
            self.new_line()

    def handle_data(self, data: str) -> None:
        if self._options is not None:
            if self._options:
                self._options[-1] += data
        elif not self._skipping:
            if data.strip() or "pre" in self._open:
                self.add(html.escape(_LONG_WORD.sub(_breakable, data)))
            elif self._parts and not self._parts[-1].endswith(_ENDS):
                self.add(" ")

    def _may_open(self, tag: str) -> bool:
        """Whether Qt lays a further one of these out in no time. The words in it are shown in any case."""
        if tag in ("td", "th"):
            self._cells += 1
        around = Counter(self._open)
        boxes = sum(around[box] for box in _BOXES_IN_BOXES)
        is_box = tag in _BOXES_IN_BOXES
        return (
            len(self._open) < _DEEPEST
            and self._cells <= _MOST_CELLS
            and not (is_box and boxes >= _MOST_BOXES)
            and not (tag == "table" and around["table"] >= _MOST_TABLES)
        )

    def new_line(self) -> None:
        """One new line, however many boxes begin or end here."""
        if self._parts and not self._parts[-1].endswith(_ENDS):
            self.add("<br>")

    def _end_select(self) -> None:
        options = [" ".join(option.split()) for option in self._options or ()]
        self.add(_field("▾ " + " / ".join(html.escape(o) for o in options[:12] if o)))


def _breakable(word: re.Match[str]) -> str:
    """A word without end, with places where a line may: to look for them takes Qt seconds."""
    return "\u200b".join(_PART.findall(word[0]))


def _control(values: dict[str, str]) -> str:
    kind = values.get("type", "text").lower()
    if kind == "hidden":
        return ""
    if kind in _SIGNS:
        return f"{_SIGNS[kind]} "
    if kind in BUTTONS:
        return f"[ {html.escape(button_words(values))} ]<br>"
    return _field("[________]")


def button_words(values: dict[str, str]) -> str:
    """What stands on an input that is a button."""
    return values.get("value") or values.get("alt") or "Submit"


def _field(words: str) -> str:
    return f"<code>{words}</code> "


def _name(address: str) -> str:
    if address[:5].lower() == "data:":  # the picture itself, as letters
        return ""
    return address.rpartition("/")[2][:60]


class PagePreview(QTextBrowser):
    """Shows what `readable` made of a page. It loads nothing and follows no link."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setAccessibleName(self.tr("Preview of a worker's page"))
        self.setUndoRedoEnabled(False)
        self._page = ""
        self.restyle()

    def show_page(self, page: str) -> None:
        """Shows a page that `readable` made, from its top unless it is the one shown."""
        if page != self._page:
            self._page = page
            self._draw()

    def loadResource(self, _kind: int, _name: Any) -> Any:
        """Nothing, from nowhere."""
        return None

    def restyle(self) -> None:
        """Takes the theme's colours and font anew."""
        c = theme.colours()
        self.document().setDefaultStyleSheet(
            f"body, p, li, td, th {{ color: {c.text}; }} code, .quiet {{ color: {c.muted}; }}"
            f"blockquote {{ color: {c.text}; }} td, th {{ padding: 2px 8px 2px 0; }}"
            f".given {{ color: {c.accent}; font-weight: 600; }}"
            f"table.box {{ border: 1px solid {c.line}; border-collapse: collapse; }}"
            f"table.box td {{ color: {c.accent}; border: 1px solid {c.line}; padding: 6px 8px; }}"
        )
        self.document().setDocumentMargin(theme.px(8))
        self.setFont(theme.font())
        self._draw()

    def _draw(self) -> None:
        self.setHtml(self._page)


class FittedPage(PagePreview):
    """A page as high as it needs to be; what is around it scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setStyleSheet("QTextBrowser { border: none; background: transparent; padding: 0; }")
        self.setAccessibleName(self.tr("The worker's page"))

    def _draw(self) -> None:
        self.document().setDocumentMargin(0)
        super()._draw()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def _fit(self) -> None:
        self.document().setTextWidth(max(1, self.viewport().width()))
        self.setFixedHeight(max(theme.px(20), round(self.document().size().height()) + 2))
