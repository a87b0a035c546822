"""The page on which a participant of the sandbox does a hosted task in a real browser."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final
from urllib.parse import urlencode

from aiohttp import web

from crowddesk.providers.prolific_sandbox import builder
from crowddesk.providers.prolific_sandbox.books import Books
from crowddesk.providers.prolific_sandbox.builder_layout import CHOICES, Json
from crowddesk.providers.prolific_sandbox.wire import Refusal

#: A researcher's HTML is shown as it is, so nothing on the page may run.
_POLICY: Final = "default-src 'none'; img-src https: data:; style-src 'unsafe-inline'; form-action 'self'"
_STYLE: Final = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
.row { display: flex; gap: 2rem; flex-wrap: wrap; } .column { flex: 1 1 18rem; }
.data { border-left: 3px solid; padding-left: .8rem; white-space: pre-wrap; }
.wrong { border: 2px solid #b3261e; padding: .5rem .8rem; } img { max-width: 100%; }
label { display: block; } fieldset { border: 0; padding: 0; margin: 1rem 0; } legend { font-weight: 600; }
textarea, input[type=text], select { font: inherit; width: 100%; box-sizing: border-box; }
button { font: inherit; min-height: 44px; padding: 0 1.5rem; }
"""


def routes(books: Books) -> list[web.RouteDef]:
    """The participants' page of hosted studies."""

    async def show(request: web.Request) -> web.Response:
        return _page(books, _submission(books, request))

    async def take(request: web.Request) -> web.Response:
        id_ = _submission(books, request)
        sent = await request.post()
        task_id = str(sent.get("task", ""))
        values: dict[str, list[str]] = {}
        for name, value in sent.items():
            if name.startswith("q:"):
                text = value.filename if isinstance(value, web.FileField) else str(value)
                values.setdefault(name[2:], []).append(text)
        try:
            task = next((task for task in builder.tasks_of(books, id_) if task.id == task_id), None)
            missing = {} if task is None else {field.name: "" for field in task.fields}
            builder.answer(books, id_, task_id, {**missing, **values})
        except Refusal as refusal:
            detail = refusal.detail
            said = (
                [s for several in detail.values() for s in several] if isinstance(detail, dict) else [detail]
            )
            return _page(books, id_, " ".join(map(str, said)), 400)
        if all(task.answered for task in builder.tasks_of(books, id_)):
            code = urlencode({"cc": builder.completion_code(books, id_)})
            raise web.HTTPFound(f"/submissions/complete?{code}")
        raise web.HTTPSeeOther(request.path)

    path = builder.hosted_path("{pid}", "{submission_id}")
    return [web.get(path, show), web.post(path, take)]


def _said(refusal: Refusal) -> str:
    detail = refusal.detail
    if isinstance(detail, Mapping):
        return " ".join(sentence for several in detail.values() for sentence in several)
    return detail if isinstance(detail, str) else " ".join(detail)


def _submission(books: Books, request: web.Request) -> str:
    """The stay of the address; 404 when it is not this participant's, or of a study with its own site."""
    id_ = request.match_info["submission_id"]
    row = books.db.execute("SELECT participant_id FROM submission WHERE id = ?", (id_,)).fetchone()
    if row is None or row["participant_id"] != request.match_info["pid"]:
        raise web.HTTPNotFound(text="There is no such submission of this participant.")
    try:
        builder.completion_code(books, id_)
    except Refusal:
        raise web.HTTPNotFound(text="This study has a page of its own elsewhere.") from None
    return id_


def _page(books: Books, submission_id: str, wrong: str = "", status: int = 200) -> web.Response:
    tasks = builder.tasks_of(books, submission_id)
    task = next((task for task in tasks if not task.answered), None)
    if not tasks:
        inside = "<p>No task is left for you.</p>"
    elif task is None:
        inside = "<p>You have answered everything.</p>"
    else:
        rows = "".join(_row(task, row) for page in task.pages for row in page["rows"])
        said = f'<p class="wrong" role="alert">{escape(wrong)}</p>' if wrong else ""
        inside = (
            f'{said}<form method="post" enctype="multipart/form-data"><input type="hidden" name="task" '
            f'value="{escape(task.id)}">{rows}<p><button type="submit">Submit</button></p></form>'
        )
    about = builder.details_of(books, submission_id)
    title = escape(about["task_name"])
    document = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{title}</h1>{about['task_introduction']}{about['task_steps']}"
        f"{inside}</main></body></html>"
    )
    headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"}
    return web.Response(text=document, content_type="text/html", headers=headers, status=status)


def _row(task: builder.HostedTask, row: Json) -> str:
    columns = (
        f'<div class="column">{"".join(_item(task, item) for item in column["items"])}</div>'
        for column in row["columns"]
    )
    return f'<div class="row">{"".join(columns)}</div>'


def _item(task: builder.HostedTask, item: Json) -> str:
    match item["type"]:
        case "dataset_field":
            return _data(task, item["field"])
        case "image":
            caption = f"<p>{escape(item['caption'])}</p>" if item.get("caption") else ""
            return f'<img src="{escape(item["url"])}" alt="{escape(item["alt_text"])}">{caption}'
        case "rich_text":
            is_markdown = item.get("content_format") == "markdown"
            return f"<pre>{escape(item['content'])}</pre>" if is_markdown else str(item["content"])
        case _:
            return _question(item)


def _data(task: builder.HostedTask, key: str) -> str:
    value, label = task.shown.get(key, ""), task.labels.get(key, "")
    heading = f"<p><strong>{escape(label)}</strong></p>" if label else ""
    if task.kinds.get(key) == "image_url":
        return f'{heading}<img src="{escape(value)}" alt="{escape(label)}">'
    return f'{heading}<p class="data" dir="auto">{escape(value)}</p>'


def _question(question: Json) -> str:
    name, asked = escape(f"q:{question['id']}"), escape(question["description"])
    help_ = f"<p>{escape(question['helper_text'])}</p>" if question.get("helper_text") else ""
    match question["type"]:
        case kind if kind in CHOICES:
            widget = "radio" if question["answer_limit"] == 1 else "checkbox"
            inside = "".join(
                f'<label><input type="{widget}" name="{name}" value="{escape(str(option["value"]))}"> '
                f"{escape(option['label'])}</label>"
                for option in question["options"]
            )
            if kind == "multiple_choice_with_free_text":
                inside += _text(name, "In your own words")
        case "free_text_with_unit":
            units = "".join(
                f'<option value="{escape(str(unit["value"]))}">{escape(unit["label"])}</option>'
                for unit in question["unit_options"]
            )
            inside = f'{_text(name, "Value")}<select name="{name}" aria-label="Unit">{units}</select>'
        case "file_upload":
            accept = escape(",".join(question.get("accepted_file_types", [])))
            inside = f'<input type="file" name="{name}" accept="{accept}" multiple>'
        case _:
            inside = f'<textarea name="{name}" rows="3" aria-label="{asked}"></textarea>'
    return f"<fieldset><legend>{asked}</legend>{help_}{inside}</fieldset>"


def _text(name: str, label: Any) -> str:
    return f'<input type="text" name="{name}" aria-label="{escape(str(label))}">'
