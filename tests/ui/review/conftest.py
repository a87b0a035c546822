"""Units as they may be: of any template or form, with any item and answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from crowddesk.blueprints.chat import ChatBlueprint
from crowddesk.blueprints.form import FormBlueprint
from crowddesk.blueprints.static_html import StaticHtmlBlueprint
from crowddesk.store.queries import UnitDetail, unit_detail
from crowddesk.ui.review.seen_source import RunSource

#: A run that is not in the workspace.
RUN = 77


@pytest.fixture
def template(tmp_path) -> Callable[..., RunSource]:
    """A run of an HTML template."""

    def make(text: str, **args: Any) -> RunSource:
        folder = tmp_path / "run"
        folder.mkdir(exist_ok=True)
        (folder / "template.html").write_text(text, encoding="utf-8")
        made = StaticHtmlBlueprint({"template": "template.html", "data": "d.csv", **args}, folder)
        return RunSource(RUN, folder, made, is_light=True)

    return make


@pytest.fixture
def form(tmp_path) -> Callable[[str], RunSource]:
    """A run of a form."""

    def make(text: str) -> RunSource:
        folder = tmp_path / "run"
        folder.mkdir(exist_ok=True)
        (folder / "form.yaml").write_text(text, encoding="utf-8")
        made = FormBlueprint({"form": "form.yaml", "data": "d.csv"}, folder)
        return RunSource(RUN, folder, made, "", True, any(field.src for field in made.form.fields))

    return make


@pytest.fixture
def chat(tmp_path) -> Callable[..., RunSource]:
    """A run of conversations."""

    def make(**args: Any) -> RunSource:
        folder = tmp_path / "run"
        folder.mkdir(exist_ok=True)
        return RunSource(RUN, folder, ChatBlueprint({"data": "d.csv", **args}, folder))

    return make


@pytest.fixture
def unit(desk) -> Callable[..., UnitDetail]:
    """A unit with this item and this answer (a text stands as it is)."""
    with desk.db.read() as conn:
        found = unit_detail(conn, 1)

    def make(answer: Any = None, data: Any = None, **more: Any) -> UnitDetail:
        def text(value: Any) -> str | None:
            return value if isinstance(value, str) or value is None else json.dumps(value)

        row = replace(found.row, task_run_id=RUN, data=text(data or {}), answer=text(answer), **more)
        sent = [replace(one, answer=text(answer) or "{}") for one in found.submissions]
        return replace(found, row=row, submissions=sent)

    return make


@pytest.fixture
def picture(tmp_path) -> Callable[..., Path]:
    """A file with a picture in it."""

    def make(width: int = 60, height: int = 40, name: str = "a.png", folder: Path | None = None) -> Path:
        from PySide6.QtGui import QImage

        image = QImage(width, height, QImage.Format.Format_RGB32)
        image.fill(0x3366CC)
        path = (folder or tmp_path) / name
        assert image.save(str(path), "png")
        return path

    return make
