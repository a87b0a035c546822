"""Pictures and recordings of a unit: what is found, what is drawn, and what is refused with a word."""

from __future__ import annotations

import hashlib
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest

from crowddesk.domain import BadInput
from crowddesk.taskserver.uploads import folder_of
from crowddesk.ui.review.media import MOST_PIXELS, find_media, may_have_media, read_file, read_picture


def png(width: int, height: int, rows: bytes = b"") -> bytes:
    """A picture of one colour that says how large it is; its rows are only there if given."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_columns_lead_to_files_and_addresses(unit, template, picture):
    run = template("<p>${text}</p><input name=a>")
    (run.folder / "media").mkdir()
    path = picture(name="b c.png", folder=run.folder / "media")
    outside = picture(name="secret.png")
    data = {
        "here": "media/b c.png",
        "far": "https://pictures.example/x/y%20z.jpg?size=2",
        "same": "//cdn.example/a.webp",
        "open": "http://pictures.example/a.png",
        "sound": "https://s.example/a.mp3",
        "drawing": "https://s.example/a.svg",
        "text": "I saw a.png and left.\nThen more.",
        "up": "../secret.png",
        "whole": str(outside),
        "js": "javascript:alert(1)//a.png",
        "file": "file:///etc/a.png",
        "plain": "cats",
        "gone": "media/none.png",
        "mail": "mailto:a@b.png",
        "bad": "https://[::1/a.png",
        "long": "a" * 3000 + ".png",
    }
    detail = unit({"a": "x"}, data)
    assert may_have_media(run, detail)
    found = {medium.caption: medium for medium in find_media(run, detail)}
    assert found.keys() == {"here", "far", "same", "open", "sound", "drawing", "up", "whole", "gone"}
    assert found["here"].path == path.resolve()
    assert (found["far"].address, found["far"].host) == (data["far"], "pictures.example")
    assert found["far"].name == "y z.jpg"
    assert found["same"].address == "https://cdn.example/a.webp"
    assert found["open"].fault
    assert not found["open"].address
    assert (found["sound"].kind, found["sound"].type) == ("recording", "audio/mpeg")
    assert found["drawing"].fault == "SVG pictures are not drawn here."
    for name in ("up", "whole", "gone"):
        assert found[name].path is None
        assert found[name].fault


def test_a_form_shows_its_sources_whatever_they_end_with(unit, form):
    run = form("""
title: T
fields:
  - {type: show_image, name: pic, src: "https://pictures.example/get?id={{id}}", text: A picture}
  - {type: text, name: a, label: A}
""")
    assert run.shows_media
    detail = unit({"a": "x"}, {"id": "7"})
    (found,) = find_media(run, detail)
    assert (found.kind, found.address) == ("picture", "https://pictures.example/get?id=7")


def test_uploads_are_those_of_the_answers_agent(unit, template, picture):
    run = template("<input type=file name=photo>")
    content = picture().read_bytes()
    sha = hashlib.sha256(content).hexdigest()
    ref = {"file": "a b.png", "sha256": sha, "size": len(content), "type": "image/png"}
    tape = {**ref, "file": "t.ogg", "sha256": "0" * 64, "type": "audio/ogg"}
    odd = {**ref, "sha256": "../../../../etc/passwd"}
    detail = unit({"photo": [ref, odd], "tape": tape}, {"text": "x"})
    agent = detail.submissions[0].agent_id
    folder = folder_of(str(run.folder / "assignments" / str(detail.row.assignment_id) / str(agent)))
    folder.mkdir(parents=True)
    (folder / sha).write_bytes(content)
    found = find_media(run, detail)
    assert [(m.kind, m.name, m.fault == "") for m in found] == [
        ("picture", "a b.png", True),
        ("recording", "t.ogg", False),
    ]
    assert read_file(found[0].path).width() == 60


def test_a_late_answers_files_do_not_stand_in_for_the_answers(unit, template):
    run = template("<input type=file name=photo>")
    ref = {"file": "a.png", "sha256": "0" * 64, "size": 1, "type": "image/png"}
    detail = unit({"photo": ref}, {})
    late = [replace(one, late=True) for one in detail.submissions]
    mine = [replace(one, answer="{}") for one in detail.submissions]
    assert find_media(run, replace(detail, submissions=[*mine, *late])) == []


def test_a_text_has_no_media(unit, template):
    run = template("<p>${text}</p><input name=a>")
    assert not may_have_media(run, unit({"a": "x"}, {"text": "a plain text"}))


def test_pictures_are_read_by_their_first_bytes(picture, tmp_path):
    image = read_file(picture(300, 200, "named.txt"))
    assert (image.width(), image.height()) == (300, 200)
    svg = tmp_path / "a.png"
    svg.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="5" height="5"></svg>', encoding="utf-8")
    with pytest.raises(BadInput, match="no PNG, JPEG"):
        read_file(svg)
    with pytest.raises(BadInput, match="cannot be read"):
        read_file(tmp_path / "none.png")


def test_a_picture_that_is_too_large_is_refused_before_it_is_decoded():
    with pytest.raises(BadInput, match="20,000 × 20,000 pixels"):
        read_picture(png(20_000, 20_000))
    bomb = png(20_000, 20_000, bytes(20_001) * 20_000)
    assert len(bomb) < 500_000
    with pytest.raises(BadInput, match=f"up to {MOST_PIXELS // 1_000_000} million"):
        read_picture(bomb)


def test_a_large_picture_is_made_smaller():
    wide = read_picture(png(9_000, 10, bytes(9_001) * 10))
    assert wide.width() == 4_096
    assert wide.height() >= 1


@pytest.mark.parametrize(
    "data", [b"", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"BM", b"RIFF\0\0\0\0WEBP", b"\xff\xd8\xff"]
)
@pytest.mark.qt_log_ignore("JPEG datastream")
def test_damaged_pictures_are_refused(data):
    with pytest.raises(BadInput):
        read_picture(data)


def test_a_huge_file_is_not_read(tmp_path: Path):
    path = tmp_path / "a.png"
    with path.open("wb") as file:
        file.truncate(61_000_000)
    with pytest.raises(BadInput, match="61 MB"):
        read_file(path)
