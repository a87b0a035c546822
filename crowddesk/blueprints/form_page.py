"""Makes the page of a filled form: one HTML document that needs no other, and in which all data is text."""

from __future__ import annotations

import json
import unicodedata
from functools import cache
from html import escape
from pathlib import Path
from typing import Final

from crowddesk.blueprints.form_model import OTHER, Form, FormField
from crowddesk.blueprints.form_text import COLUMN, Rich, link_fault, plain, source_fault

_FOLDER: Final = Path(__file__).parent / "page"
_KEYS: Final = 9
_KINDS: Final = {"image/*": "a picture", "audio/*": "a recording", "video/*": "a film"}
_MEDIA_WORDS: Final = {"show_image": "picture", "show_audio": "recording", "show_video": "film"}


def page_of(form: Form) -> str:
    """The whole document of a form that was filled with an item's columns."""
    parts = [_field(number, field) for number, field in enumerate(form.fields)]
    right = ' dir="rtl"' if is_right_to_left(form.title) else ""
    return f"""<!DOCTYPE html>
<html lang="{escape(form.language)}"{right}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{escape(form.title)}</title>
<style>
{_asset("form.css")}</style>
</head>
<body>
<main>
<h1 dir="auto">{escape(form.title)}</h1>
{_rich(form.intro)}
<form id="form" novalidate>
<div id="summary" class="summary" role="group" aria-labelledby="summary-title" tabindex="-1" hidden>
<h2 id="summary-title"></h2>
<ul></ul>
</div>
{"".join(parts)}<button type="submit" dir="auto">{escape(form.submit)}</button>
<p id="said" role="status"></p>
</form>
</main>
<script>
{_asset("form.js")}</script>
</body>
</html>
"""


def is_right_to_left(text: str) -> bool:
    """Whether a text is written from right to left, by its first letter."""
    for sign in text:
        if (direction := unicodedata.bidirectional(sign)) in ("L", "R", "AL"):
            return direction != "L"
    return False


def hint_of(field: FormField) -> str:
    """What an answer has to be like, in words, before anything is wrong with it."""
    least, most = field.least, field.most
    if least and most:
        span = f"exactly {least}" if least == most else f"{least} to {most}"
    else:
        span = f"at least {least}" if least else f"at most {most}" if most else ""
    match field.type:
        case "text" | "long_text":
            words = [f"{span} characters" if span else "", field.pattern_help]
        case "number":
            step = f"in steps of {field.step}" if field.step not in ("", "1") else ""
            words = [span, "a whole number" if field.step == "1" else step]
        case "multiple":
            words = [f"choose {span}" if span else ""]
        case "file":
            size = "" if field.max_bytes is None else f"at most {field.max_bytes / 2**20:.4g} MB"
            words = [", ".join(_KINDS.get(kind, kind) for kind in field.accept), size]
        case "date" if not (least and most):
            words = [f"from {least} on" if least else f"until {most}" if most else ""]
        case _:
            words = [span]
    said = ", ".join(word.strip().rstrip(".") for word in words if word.strip())
    return said[:1].upper() + said[1:] + "." if said else ""


@cache
def _asset(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")


def _field(number: int, field: FormField) -> str:
    if not field.asks:
        return _shown(number, field)
    match field.type:
        case "single" | "multiple":
            inside = _options(number, field)
        case "scale":
            inside = _scale(number, field)
        case _:
            return _single_control(number, field)
    role = "group" if field.type == "multiple" else "radiogroup"
    required = ' aria-required="true"' if field.required and role == "radiogroup" else ""
    return (
        f'<fieldset class="field" role="{role}"{required}{_common(number, field)}'
        f"{_described(number, field)}>\n"
        f'<legend dir="auto">{_asked(field)}</legend>\n{_about(number, field)}{inside}</fieldset>\n'
    )


def _single_control(number: int, field: FormField) -> str:
    attributes = f'id="f{number}-in" name="{escape(field.name)}"{_described(number, field)}'
    attributes += " required" if field.required else ""
    attributes += _disabled(field)
    match field.type:
        case "long_text":
            control = f'<textarea {attributes} dir="auto" rows="{field.rows}"></textarea>'
        case "number":
            control = f'<input type="number" {attributes}{_ends(field)} step="{field.step or "any"}">'
        case "date":
            most = "" if field.most else ' max="9999-12-31"'
            control = f'<input type="date" {attributes}{_ends(field)}{most}>'
        case "file":
            accept = f' accept="{escape(",".join(field.accept))}"' if field.accept else ""
            control = f'<input type="file" {attributes}{accept}>'
        case _:
            control = f'<input type="text" {attributes} dir="auto" autocomplete="off">'
    return (
        f'<div class="field"{_common(number, field)}>\n'
        f'<label class="ask" for="f{number}-in" dir="auto">{_asked(field)}</label>\n'
        f"{_about(number, field)}{control}\n</div>\n"
    )


def _options(number: int, field: FormField) -> str:
    kind = "radio" if field.type == "single" else "checkbox"
    choices = [(option.value, option.label) for option in field.options]
    if field.other:
        choices.append((OTHER, field.other))
    rows = []
    for place, (value, label) in enumerate(choices):
        key = f'<kbd aria-hidden="true">{place + 1}</kbd>' if kind == "radio" and place < _KEYS else ""
        rows.append(
            f'<label class="choice"><input type="{kind}" id="f{number}-{place}" name="{escape(field.name)}" '
            f'value="{escape(value)}"{_disabled(field)}>'
            f'<span dir="auto">{escape(label)}</span>{key}</label>\n'
        )
    if field.other:
        rows.append(
            f'<div class="words" hidden>'
            f'<label for="f{number}-words" dir="auto">{escape(field.other)}:</label>'
            f'<input type="text" id="f{number}-words" name="{escape(field.name)}_{OTHER}" dir="auto" '
            f'autocomplete="off" aria-describedby="f{number}-error" disabled></div>\n'
        )
    return "".join(rows)


def _scale(number: int, field: FormField) -> str:
    scale = field.scale
    ends = ""
    if scale.low_label or scale.high_label:
        low, high = (
            f"<span>{end} <bdi>{escape(label)}</bdi></span>" if label else f"<span>{end}</span>"
            for end, label in ((scale.low, scale.low_label), (scale.high, scale.high_label))
        )
        ends = f'<div class="ends" id="f{number}-ends">{low} {high}</div>\n'
    steps = "".join(
        f'<label class="step"><input type="radio" id="f{number}-{place}" name="{escape(field.name)}" '
        f'value="{value}"{_disabled(field)}><span>{value}</span></label>\n'
        for place, value in enumerate(range(scale.low, scale.high + 1))
    )
    return f'{ends}<div class="scale">\n{steps}</div>\n'


def _shown(number: int, field: FormField) -> str:
    caption = f'<p class="caption" dir="auto">{escape(field.label)}</p>\n' if field.label else ""
    help_ = f'<p class="help" dir="auto">{escape(field.help)}</p>\n' if field.help else ""
    if field.type == "show_text":
        inside = f"<blockquote>{_rich(field.text)}</blockquote>\n"
    elif COLUMN.search(field.src) or source_fault(field.type, field.src):
        inside = f'<p class="missing">This {_MEDIA_WORDS[field.type]} cannot be shown.</p>\n'
    else:
        inside = _media(field)
    return f'<div class="shown"{_common(number, field)}>\n{caption}{help_}{inside}</div>\n'


def _media(field: FormField) -> str:
    words, src = plain(field.text) or field.label, escape(field.src)
    if field.type == "show_image":
        return f'<img src="{src}" alt="{escape(words)}">\n'
    tag = "audio" if field.type == "show_audio" else "video"
    said = _rich(field.text, "said")
    name = f' aria-label="{escape(field.label or words)}"' if words else ""
    name += " playsinline" if tag == "video" else ""
    return f'<{tag} src="{src}" controls preload="metadata"{name}></{tag}>\n{said}'


# ------------------------------------------------------------------------------------------- parts of a field


def _asked(field: FormField) -> str:
    optional = "" if field.required else ' <span class="optional" lang="en">(optional)</span>'
    return escape(field.label) + optional


def _about(number: int, field: FormField) -> str:
    parts = []
    if field.help:
        parts.append(f'<p class="help" id="f{number}-help" dir="auto">{escape(field.help)}</p>\n')
    if hint := hint_of(field):
        parts.append(f'<p class="hint" id="f{number}-hint" dir="auto">{escape(hint)}</p>\n')
    parts.append(
        f'<p class="error" id="f{number}-error" dir="auto" hidden>'
        '<span aria-hidden="true">✕ </span><span></span></p>\n'
    )
    return "".join(parts)


def _described(number: int, field: FormField) -> str:
    ids = [f"f{number}-help"] if field.help else []
    if hint_of(field):
        ids.append(f"f{number}-hint")
    if field.type == "scale" and (field.scale.low_label or field.scale.high_label):
        ids.append(f"f{number}-ends")
    return f' aria-describedby="{" ".join([*ids, f"f{number}-error"])}"'


def _disabled(field: FormField) -> str:
    """A field that waits for its condition is not sent, whatever becomes of the script."""
    return " disabled" if field.show_if else ""


def _ends(field: FormField) -> str:
    least = f' min="{escape(field.least)}"' if field.least else ""
    return least + (f' max="{escape(field.most)}"' if field.most else "")


def _common(number: int, field: FormField) -> str:
    rules = {
        "name": field.name,
        "kind": field.type,
        "title": field.title,
        "required": field.required,
        "least": field.least,
        "most": field.most,
        "step": field.step,
        "pattern": field.pattern,
        "patternHelp": field.pattern_help,
        "accept": list(field.accept),
        "maxBytes": field.max_bytes,
        "showIf": [[condition.field, list(condition.values)] for condition in field.show_if],
    }
    hidden = " hidden" if field.show_if else ""
    return f' id="f{number}" data-rules="{escape(json.dumps(rules, ensure_ascii=False))}"{hidden}'


def _rich(rich: Rich, look: str = "") -> str:
    kind = f' class="{look}"' if look else ""
    paragraphs = []
    for runs in rich:
        words = []
        for run in runs:
            text = escape(run.text)
            if run.bold:
                text = f"<strong>{text}</strong>"
            if run.italic:
                text = f"<em>{text}</em>"
            if run.address and not COLUMN.search(run.address) and not link_fault(run.address):
                href = escape(run.address)
                text = f'<a href="{href}" target="_blank" rel="noopener noreferrer">{text}</a>'
            words.append(text)
        paragraphs.append(f'<p{kind} dir="auto">{"".join(words)}</p>\n')
    return "".join(paragraphs)
