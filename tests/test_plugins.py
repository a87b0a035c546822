"""What lies in the plug-in folder is told from its metadata, and what cannot be used from a sentence."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crowddesk import plugins
from tests.wheels import outside_files, outside_wheel, unpack, wheel_files, write_wheel

POINT = {"outside": "outside_provider:OutsideProvider"}


def brought(name: str) -> str | None:
    return {"crowddesk": "0.1.0", "httpx": "0.28.1"}.get(name)


def read(folder: Path) -> plugins.Holding:
    return plugins.read_folder(folder, brought)


def names(holding: plugins.Holding) -> list[tuple[str, str, str]]:
    return [(offer.package.file, offer.name, offer.package.version) for offer in holding.offers]


def only_fault(folder: Path) -> plugins.Plugin:
    holding = read(folder)
    assert list(holding.offers) == []
    (fault,) = holding.faults
    assert fault.sentence.endswith(".")
    return fault


def test_no_folder_and_an_empty_one_hold_nothing(tmp_path: Path) -> None:
    assert read(tmp_path / "none") == plugins.Holding()
    assert read(tmp_path) == plugins.Holding()


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "plugins").write_text("x")
    assert "cannot be read" in only_fault(tmp_path / "plugins").sentence


def test_a_wheel_an_unpacked_one_and_the_folder_itself_are_read(tmp_path: Path) -> None:
    for number, kind in enumerate(("wheel", "folder", "itself")):
        folder = tmp_path / kind
        files = wheel_files(outside_files(), version=f"1.{number}", providers=POINT)
        if kind == "wheel":
            # A browser that has one already calls the second so.
            place = write_wheel(folder / "outside_provider-1.0-py3-none-any (1).WHL", files)
            file = place.name
        else:
            place = unpack(folder / "outside" if kind == "folder" else folder, files)
            file = "outside" if kind == "folder" else "outside_provider-1.2.dist-info"
        holding = read(folder)
        assert names(holding) == [(file, "outside", f"1.{number}")]
        assert list(holding.faults) == []
        assert list(holding.places) == [place]


def test_what_is_none_of_our_business_is_left_alone(tmp_path: Path) -> None:
    unpack(tmp_path, wheel_files(outside_files(), providers=POINT))
    (tmp_path / "bin").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "__pycache__").mkdir()
    for name in (".DS_Store", "desktop.ini", "README.txt"):
        (tmp_path / name).write_text("x")
    assert list(read(tmp_path).faults) == []
    assert len(read(tmp_path).offers) == 1


def test_what_was_dropped_and_is_no_package_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "a.whl").write_bytes(b"PK no zip")
    (tmp_path / "b.whl").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "c.whl", "w") as wheel:
        wheel.writestr("c/__init__.py", "")
    (tmp_path / "d-1.0.tar.gz").write_bytes(b"x")
    (tmp_path / "e.py").write_text("")
    unpack(tmp_path / "f", {"f/__init__.py": "", "pyproject.toml": ""})
    write_wheel(tmp_path / "g.whl", {"g-1.dist-info/METADATA": "Summary: no name\n"})
    write_wheel(tmp_path / "h.whl", {"h-1.dist-info/WHEEL": "Tag: py3-none-any\n"})
    (tmp_path / "i.whl").mkdir()
    whole = outside_wheel(tmp_path / "x").read_bytes()
    (tmp_path / "x" / "outside_provider-1.0-py3-none-any.whl").unlink()
    (tmp_path / "x").rmdir()
    (tmp_path / "j.whl").write_bytes(whole[: len(whole) // 2])
    said = {fault.file: fault.sentence for fault in read(tmp_path).faults}
    assert set(said) == {
        "a.whl", "b.whl", "c.whl", "d-1.0.tar.gz", "e.py", "f", "g.whl", "h.whl", "i.whl", "j.whl"
    }  # fmt: skip
    for file in ("a.whl", "b.whl", "j.whl"):
        assert "Get it once more" in said[file]
    for file in ("c.whl", "g.whl", "h.whl"):
        assert "no metadata" in said[file]
    assert "ends in .whl" in said["d-1.0.tar.gz"]
    assert "with metadata" in said["e.py"]
    assert "*.dist-info" in said["f"]
    assert "*.dist-info" in said["i.whl"]


def test_a_broken_one_keeps_nobody_else_away(tmp_path: Path) -> None:
    outside_wheel(tmp_path)
    (tmp_path / "a.whl").write_bytes(b"x")
    (tmp_path / "z.whl").write_bytes(b"x")
    holding = read(tmp_path)
    assert [offer.name for offer in holding.offers] == ["outside"]
    assert [fault.file for fault in holding.faults] == ["a.whl", "z.whl"]


def test_metadata_without_our_groups(tmp_path: Path) -> None:
    write_wheel(tmp_path / "six.whl", wheel_files({"six.py": ""}, "six", "1.16"))
    fault = only_fault(tmp_path)
    assert "crowddesk.providers or crowddesk.blueprints" in fault.sentence
    assert (fault.package, fault.version) == ("six", "1.16")


def test_entry_points_that_are_no_list_of_them(tmp_path: Path) -> None:
    files = wheel_files({}, providers=POINT)
    (name,) = (name for name in files if name.endswith("entry_points.txt"))
    files[name] = "[crowddesk.providers]\noutside\n"
    write_wheel(tmp_path / "a.whl", files)
    assert "entry points" in only_fault(tmp_path).sentence


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.writestr("a-1.dist-info/METADATA", b"Name: a\nVersion: 1\n\xff\xfe")
    assert "cannot be read" in only_fault(tmp_path).sentence


@pytest.mark.parametrize(
    ("python", "fits"), [(">=3.11", True), (">=4", False), ("<3.11", False), ("", True), ("nonsense", False)]
)
def test_the_python_it_needs(tmp_path: Path, python: str, fits: bool) -> None:
    write_wheel(tmp_path / "a.whl", wheel_files(outside_files(), providers=POINT, python=python))
    assert bool(read(tmp_path).offers) == fits
    if not fits:
        sentence = only_fault(tmp_path).sentence
        assert "cannot be read" in sentence or f"needs Python {python}" in sentence


def test_compiled_modules_are_for_a_folder_and_another_pythons_for_nobody(tmp_path: Path) -> None:
    here = f"cp{sys.version_info[0]}{sys.version_info[1]}"
    from packaging.tags import sys_tags

    mine = str(next(iter(sys_tags())))
    compiled = {**outside_files(), "outside_provider/fast.so": "x"}
    fits = wheel_files(compiled, providers=POINT, tags=[mine], pure=False)
    write_wheel(tmp_path / "a" / "a.whl", fits)
    assert "Unpack it" in only_fault(tmp_path / "a").sentence
    unpack(tmp_path / "b" / "outside", fits)
    assert names(read(tmp_path / "b")) == [("outside", "outside", "1.0")]
    for kind in ("c", "d"):
        files = wheel_files(compiled, providers=POINT, tags=["cp27-cp27mu-win32"], pure=False)
        if kind == "c":
            write_wheel(tmp_path / kind / "c.whl", files)
        else:
            unpack(tmp_path / kind / "d", files)
        sentence = only_fault(tmp_path / kind).sentence
        assert "cp27-cp27mu-win32" in sentence
        assert f"Python {here[2]}.{here[3:]}" in sentence
    files = wheel_files(outside_files(), providers=POINT, tags=["py2-none-any"])
    write_wheel(tmp_path / "e" / "e.whl", files)
    assert "py2-none-any" in only_fault(tmp_path / "e").sentence


def needing(folder: Path, *needs: str) -> Path:
    write_wheel(folder / "a.whl", wheel_files(outside_files(), providers=POINT, needs=needs))
    return folder


def test_what_it_needs_is_there(tmp_path: Path) -> None:
    needs = [
        "httpx>=0.28",
        "CrowdDesk>=0.1",
        "pep_8.names",
        'never; python_version < "3"',
        "x ; extra == 'y'",
    ]
    needing(tmp_path, *needs)
    write_wheel(tmp_path / "b.whl", wheel_files({"pep8names.py": ""}, "PEP-8-Names", "2"))
    holding = read(tmp_path)
    assert names(holding) == [("a.whl", "outside", "1.0")]
    assert list(holding.faults) == []
    assert list(holding.places) == [tmp_path / "a.whl", tmp_path / "b.whl"]


@pytest.mark.parametrize(
    ("need", "words"),
    [
        ("absent>=2", "needs absent>=2, which is not there"),
        ("httpx>=1", "needs httpx>=1, and CrowdDesk brings 0.28.1"),
        ("beside<2", "needs beside<2, and 2.0 is there"),
        ("beside[fast]", "beside needs absent, which is not there"),
        (">=>", "cannot be read"),
    ],
)
def test_what_it_needs_is_not_there(tmp_path: Path, need: str, words: str) -> None:
    needing(tmp_path, need)
    beside = wheel_files({"beside.py": ""}, "beside", "2.0", needs=['absent; extra == "fast"'])
    write_wheel(tmp_path / "b.whl", beside)
    holding = read(tmp_path)
    assert list(holding.offers) == []
    assert words in holding.faults[0].sentence
    assert (holding.faults[0].package, holding.faults[0].version) == ("outside-provider", "1.0")


def test_what_is_needed_by_an_extra_is_not_called_useless(tmp_path: Path) -> None:
    needing(tmp_path, "beside[fast]")
    fast = ['quick; extra == "fast"']
    write_wheel(tmp_path / "b.whl", wheel_files({"beside.py": ""}, "beside", "2.0", needs=fast))
    write_wheel(tmp_path / "c.whl", wheel_files({"quick.py": ""}, "quick", "1.0"))
    holding = read(tmp_path)
    assert len(names(holding)) == 1
    assert list(holding.faults) == []


def test_what_pip_put_beside_and_the_program_has_itself_is_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "outside"
    unpack(folder, wheel_files(outside_files(), providers=POINT, needs=["httpx>=0.20"]))
    unpack(folder, wheel_files({"httpx.py": ""}, "httpx", "1.0", python=">=9", needs=["old (>=1.0"]))
    own = {"mock": "crowddesk.providers.mock:MockProvider"}
    unpack(folder, wheel_files({"crowddesk/__init__.py": ""}, "crowddesk", "9.0", providers=own))
    holding = read(tmp_path)
    assert names(holding) == [("outside", "outside", "1.0")]
    assert list(holding.faults) == []


def test_a_plug_in_that_is_installed_too_is_used_from_there(tmp_path: Path) -> None:
    write_wheel(tmp_path / "a.whl", wheel_files({}, "httpx", "1", providers=POINT))
    assert "installed beside CrowdDesk" in only_fault(tmp_path).sentence


def test_a_file_inside_a_wheel_is_read(tmp_path: Path) -> None:
    place = outside_wheel(tmp_path)
    script = "outside_provider/wrap_crowd_source.js"
    assert plugins.read_file(place / script) == outside_files()[script].encode()
    with pytest.raises(KeyError):
        plugins.read_file(place / "none.js")
    with pytest.raises(FileNotFoundError):
        plugins.read_file(tmp_path / "none.js")
    (tmp_path / "plain.js").write_bytes(b"x")
    assert plugins.read_file(tmp_path / "plain.js") == b"x"


@given(st.binary(max_size=400), st.binary(max_size=200), st.binary(max_size=200))
def test_no_metadata_breaks_anything(
    tmp_path_factory: pytest.TempPathFactory, metadata: bytes, wheel: bytes, points: bytes
) -> None:
    folder = tmp_path_factory.mktemp("plugins")
    with zipfile.ZipFile(folder / "a.whl", "w") as made:
        made.writestr("a-1.dist-info/METADATA", b"Name: a\nVersion: 1\n" + metadata)
        made.writestr("a-1.dist-info/WHEEL", wheel)
        made.writestr("a-1.dist-info/entry_points.txt", b"[crowddesk.providers]\n" + points)
    (folder / "b.whl").write_bytes(metadata)
    outside_wheel(folder)
    holding = read(folder)
    assert "outside" in [offer.name for offer in holding.offers if offer.package.name == "outside-provider"]
    assert all(fault.sentence for fault in holding.faults)
