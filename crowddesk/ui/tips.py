"""Tool tips in a stranger's words: shown as they are, never read as HTML."""

from __future__ import annotations

import html

from crowddesk.ui.words import readable


def plain_tip(text: str) -> str:
    """A text as a tool tip that shows just that: Qt would take one with tags for HTML and draw it."""
    text = readable(text)
    if "<" not in text:
        return text
    return f'<p style="white-space: pre-wrap">{html.escape(text)}</p>'
