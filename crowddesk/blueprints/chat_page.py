"""Makes the page of a conversation: one HTML document, that of its questions where it has some."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

_FOLDER: Final = Path(__file__).parent / "page"
#: A page that asks nothing: the conversation's parts go into the same places as with questions.
_BARE: Final = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Conversation</title>
</head>
<body>
<main class="bare">
<form id="form">
<button type="submit">Finish</button>
<p id="said" role="status"></p>
</form>
</main>
</body>
</html>
"""


@dataclass(frozen=True, slots=True)
class ChatPage:
    """What a page shows to everybody on an item. `questions` is the document of a form, "" for none."""

    intro: str
    roles: tuple[str, ...]
    least_messages: int
    longest: int
    questions: str = ""


def page_of(page: ChatPage) -> str:
    """The whole document. All texts are escaped; lines and paragraphs stay as they were written."""
    document = page.questions or _BARE
    rules = json.dumps({"roles": page.roles, "least": page.least_messages}, ensure_ascii=False)
    intro = f'<div id="chat-intro" dir="auto">{_paragraphs(page.intro)}</div>\n' if page.intro.strip() else ""
    talk = f"""{intro}<section id="chat" aria-labelledby="chat-title" data-rules="{escape(rules)}">
<h2 id="chat-title">Conversation</h2>
<div id="chat-role" hidden><p id="chat-role-name"></p><div id="chat-role-text" dir="auto"></div></div>
<ul id="chat-people" aria-label="Who is here"></ul>
<div id="chat-log" role="log" aria-live="polite" aria-label="Messages" tabindex="0"></div>
<p id="chat-typing" aria-hidden="true"></p>
<div id="chat-write">
<label for="chat-text">Your message</label>
<textarea id="chat-text" rows="2" maxlength="{page.longest}" dir="auto" aria-describedby="chat-keys">
</textarea>
<button type="button" id="chat-send">Send</button>
<p id="chat-keys">Enter sends, Shift+Enter begins a new line.</p>
</div>
<p id="chat-count" role="status"></p>
</section>
"""
    hidden = '<input type="hidden" name="transcript" id="chat-transcript">\n'
    style = f"<style>\n{_asset('chat.css')}</style>\n</head>"
    script = f"<script>\n{_asset('chat.js')}</script>\n</body>"
    document = _once(document, r"</head>", style, at_end=False)
    document = _once(document, r'(?=<form id="form")', talk, at_end=False)
    document = _once(document, r'<form id="form"[^>]*>\n', hidden, at_end=True)
    place = document.rindex("</body>")
    return document[:place] + script + document[place + len("</body>") :]


def _once(document: str, pattern: str, part: str, *, at_end: bool) -> str:
    """The document with a part in the first place that the pattern names, or behind it."""
    found = re.search(pattern, document)
    assert found is not None, pattern
    place = found.end() if at_end else found.start()
    return document[:place] + part + document[found.end() :]


def _paragraphs(text: str) -> str:
    parts = (part.strip() for part in re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip()))
    return "".join(f"<p>{escape(part)}</p>" for part in parts if part)


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
