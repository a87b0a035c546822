"""A worker's page drawn without a browser: its words, its choices and its tables; no script, nothing loaded.

Any HTML comes in, and only a few plain tags go out: text is escaped anew, attributes are dropped, form
controls become signs. `readable` knows no Qt and may be called from any thread.
"""

from __future__ import annotations

import html
from html.parser import HTMLParser
from typing import Any, Final

from PySide6.QtWidgets import QTextBrowser, QWidget

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
_BUTTONS: Final = ("submit", "button", "reset")
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
)
#: Longer pages are cut: a cell of 10 MB would stop the window.
LONGEST: Final = 60_000


def readable(page: str) -> str:
    """The page as HTML of plain tags without attributes."""
    reader = _Reader()
    reader.feed(page[: 8 * LONGEST])
    reader.close()
    return reader.result()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[str] = []
        self._size = 0
        self._open: list[str] = []
        self._skipping: list[str] = []
        self._options: list[str] | None = None

    def result(self) -> str:
        tail = "<p>…</p>" if self._size > LONGEST else ""
        return "".join(self._parts) + "".join(f"</{tag}>" for tag in reversed(self._open)) + tail

    def _add(self, text: str) -> None:
        self._size += len(text)
        if self._size <= LONGEST:
            self._parts.append(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if self._options is not None and tag == "option":
            self._options.append("")
        elif self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.append(tag)
        elif tag in _DROPPED:
            self._skipping.append(tag)
            if tag == "select":
                self._options = []
        elif tag == "input":
            if values.get("type", "").lower() in _BUTTONS:
                self._break()
            self._add(_control(values))
        elif tag in _SIGNS:
            self._add(f"<br>{_SIGNS[tag]} ")
        elif tag in _BOXES:
            self._add(_field(_BOXES[tag]))
        elif tag == "img":
            self._add(f"[image: {html.escape(values.get('alt') or _name(values.get('src', '')))}]")
        elif tag in ("audio", "video", "canvas", "embed"):
            self._add(f"[{tag}]")
        elif tag == "button":
            self._break()
            self._add("[ ")
        elif tag == "legend":
            self._break()
            self._add("<b>")
        elif tag in _EMPTY:
            self._add(f"<{tag}>")
        elif tag in _KEPT and self._size <= LONGEST:
            tag = _HEADINGS.get(tag, tag)
            self._open.append(tag)
            self._add(f"<{tag}>")
        elif tag in _BLOCKS:
            self._break()

    def handle_endtag(self, tag: str) -> None:
        if self._skipping:
            if tag == self._skipping[-1]:
                self._skipping.pop()
                if tag == "select" and self._options is not None:
                    self._end_select()
        elif tag == "button":
            self._add(" ]<br>")
        elif tag == "legend":
            self._add("</b><br>")
        elif (tag := _HEADINGS.get(tag, tag)) in self._open:
            while self._open:  # tags that were left open end with the one around them
                last = self._open.pop()
                self._add(f"</{last}>")
                if last == tag:
                    break
        elif tag in _BLOCKS:
            self._break()

    def handle_data(self, data: str) -> None:
        if self._options is not None:
            if self._options:
                self._options[-1] += data
        elif not self._skipping:
            if data.strip() or "pre" in self._open:
                self._add(html.escape(data))
            elif self._parts and not self._parts[-1].endswith(_ENDS):
                self._add(" ")

    def _break(self) -> None:
        """One new line, however many boxes begin or end here."""
        if self._parts and not self._parts[-1].endswith(_ENDS):
            self._add("<br>")

    def _end_select(self) -> None:
        options = [" ".join(option.split()) for option in self._options or ()]
        self._options = None
        self._add(_field("▾ " + " / ".join(html.escape(o) for o in options[:12] if o)))


def _control(values: dict[str, str]) -> str:
    kind = values.get("type", "text").lower()
    if kind == "hidden":
        return ""
    if kind in _SIGNS:
        return f"{_SIGNS[kind]} "
    if kind in _BUTTONS:
        return f"[ {html.escape(values.get('value') or 'Submit')} ]<br>"
    return _field("[________]")


def _field(words: str) -> str:
    return f"<code>{words}</code> "


def _name(address: str) -> str:
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
            f"body, p, li, td, th {{ color: {c.text}; }} code {{ color: {c.muted}; }}"
            f"blockquote {{ color: {c.text}; }} td, th {{ padding: 2px 8px 2px 0; }}"
        )
        self.document().setDocumentMargin(theme.px(8))
        self.setFont(theme.font())
        self._draw()

    def _draw(self) -> None:
        self.setHtml(self._page)
