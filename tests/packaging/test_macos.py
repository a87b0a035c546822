"""What of the macOS build can be tried elsewhere: its files are sound, its commands right and in order."""

from __future__ import annotations

import os
import plistlib
import struct
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.scripts import load

ROOT = Path(__file__).resolve().parents[2]
KEY = {
    "CROWDDESK_NOTARY_KEY": "/keys/a.p8",
    "CROWDDESK_NOTARY_KEY_ID": "KEY1",
    "CROWDDESK_NOTARY_ISSUER": "issuer",
}
IDENTITY = {"CROWDDESK_MACOS_IDENTITY": "Developer ID Application: Lab (TEAM1)"}

_LIBRARY, _EXECUTABLE = 6, 2

bundle, signing, installers, system = map(
    load, ("macos.bundle", "macos.signing", "macos.installers", "system")
)


def mach_o(major: int, minor: int = 0, kind: int = _LIBRARY, *, old: bool = False) -> bytes:
    """A compiled file for Apple silicon that needs this macOS, cut down to what tells so."""
    version = major << 16 | minor << 8
    other = struct.pack("<2I8x", 0x19, 16)
    told = struct.pack("<4I", 0x24, 16, version, 0) if old else struct.pack("<6I", 0x32, 24, 1, version, 0, 0)
    return struct.pack("<8I", 0xFEEDFACF, 0x100000C, 0, kind, 2, len(other + told), 0, 0) + other + told


def fat(*slices: bytes) -> bytes:
    """One file with a part for each processor."""
    head, body = struct.pack(">2I", 0xCAFEBABE, len(slices)), b""
    begin = 4096
    for part in slices:
        head += struct.pack(">5I", 0x1000007, 3, begin + len(body), len(part), 12)
        body += part
    return head.ljust(begin, b"\0") + body


@pytest.fixture
def app(tmp_path: Path) -> Path:
    """A program of the shape that PyInstaller makes."""
    app = tmp_path / "CrowdDesk.app"
    contents = app / "Contents"
    files = {
        "MacOS/crowddesk": mach_o(11, kind=_EXECUTABLE),
        "Frameworks/libpython3.12.dylib": mach_o(10, 13, old=True),
        "Frameworks/numpy/core.so": mach_o(14, 0),
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/QtCore": fat(mach_o(13), mach_o(12)),
        "Frameworks/PySide6/Qt/lib/QtCore.framework/Versions/A/Resources/Info.plist": b"<plist/>",
        "Resources/icon-windowed.icns": b"icns",
        "Resources/crowddesk/_resources/translations/crowddesk_de.qm": b"",
        "Resources/crowddesk/_resources/translations/crowddesk_pt_BR.qm": b"",
        "Resources/some.class": b"\xca\xfe\xba\xbe\x00\x00\x00\x41",
        "Resources/empty.txt": b"",
    }
    for name, data in files.items():
        path = contents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (contents / "Resources/numpy").symlink_to("../Frameworks/numpy")
    framework = contents / "Frameworks/PySide6/Qt/lib/QtCore.framework"
    (framework / "Versions/Current").symlink_to("A")
    (framework / "QtCore").symlink_to("Versions/Current/QtCore")
    return app


@pytest.fixture
def build(tmp_path: Path) -> Any:
    for name in ("work", "dist"):
        (tmp_path / name).mkdir()
    return system.Build(
        version="0.3.0rc1", system="macos", root=ROOT, work=tmp_path / "work", dist=tmp_path / "dist",
        wheel=tmp_path / "crowddesk-0.3.0rc1-py3-none-any.whl", epoch=0,
    )  # fmt: skip


class Ran(list[list[str]]):
    """Commands that would have been run, and what each is made to print by the words it begins with."""

    def __init__(self) -> None:
        super().__init__()
        self.prints: dict[str, str] = {}

    def __call__(self, command: Sequence[str | Path], **_: object) -> str:
        words = [str(word) for word in command]
        self.append(words)
        return next((said for start, said in self.prints.items() if " ".join(words).startswith(start)), "")


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    ran = Ran()
    for module in (signing, installers):
        monkeypatch.setattr(module, "run", ran)
    for name in (*KEY, *IDENTITY):
        monkeypatch.delenv(name, raising=False)
    return ran


def _set(monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


# ------------------------------------------------------------------------------------------ the folder


def test_the_program_is_dressed(app: Path, build: Any) -> None:
    bundle.dress(app, build)
    told = plistlib.loads((app / "Contents/Info.plist").read_bytes())
    assert told["CFBundleIdentifier"] == "org.crowddesk.CrowdDesk"
    assert (app / "Contents/MacOS" / told["CFBundleExecutable"]).is_file()
    assert told["CFBundleShortVersionString"] == "0.3.0"
    assert told["LSMinimumSystemVersion"] == "14.0"
    assert told["CFBundleLocalizations"] == ["en", "de", "pt_BR"]
    assert "LSBackgroundOnly" not in told
    assert [path.name for path in (app / "Contents/Resources").glob("*.icns")] == [told["CFBundleIconFile"]]


def test_both_kinds_of_file_are_declared_and_opened() -> None:
    told = plistlib.loads(plistlib.dumps(bundle.information("1.2.3", "13.0")))
    declared = {
        each["UTTypeIdentifier"]: each["UTTypeTagSpecification"]
        for each in told["UTExportedTypeDeclarations"]
    }
    opened = [name for each in told["CFBundleDocumentTypes"] for name in each["LSItemContentTypes"]]
    assert sorted(opened) == sorted(declared)
    found = {
        ending: tags["public.mime-type"]
        for tags in declared.values()
        for ending in tags["public.filename-extension"]
    }
    assert found == {
        "crowddesk": ["application/vnd.crowddesk.bundle"],
        "crowddesk-backup": ["application/vnd.crowddesk.backup"],
    }


@pytest.mark.parametrize(
    ("version", "numbers"), [("0.1.0", "0.1.0"), ("2.0", "2.0"), ("1.2.3.dev4+g5", "1.2.3"), ("1.0b2", "1.0")]
)
def test_versions_are_numbers(version: str, numbers: str) -> None:
    told = bundle.information(version, "13.0")
    assert told["CFBundleVersion"] == told["CFBundleShortVersionString"] == numbers


def test_a_version_without_numbers_is_refused() -> None:
    with pytest.raises(system.BuildFailed, match="does not begin with numbers"):
        bundle.information("next", "13.0")


def test_a_folder_that_pyinstaller_did_not_make(tmp_path: Path, build: Any) -> None:
    with pytest.raises(system.BuildFailed, match="made no "):
        bundle.dress(tmp_path / "CrowdDesk.app", build)


@pytest.mark.usefixtures("qapp")
def test_the_icon_has_every_size(app: Path, build: Any, tmp_path: Path) -> None:
    bundle.dress(app, build)
    data = (app / "Contents/Resources/crowddesk.icns").read_bytes()
    assert data[:4] == b"icns"
    assert struct.unpack(">I", data[4:8]) == (len(data),)
    place, sizes = 8, {}
    while place < len(data):
        kind, size = data[place : place + 4], struct.unpack_from(">I", data, place + 4)[0]
        picture = data[place + 8 : place + size]
        assert picture.startswith(b"\x89PNG\r\n\x1a\n")
        sizes[kind.decode()] = struct.unpack_from(">2I", picture, 16)
        place += size
    assert sizes == {
        "ic11": (32, 32), "ic12": (64, 64), "ic07": (128, 128), "ic13": (256, 256), "ic08": (256, 256),
        "ic14": (512, 512), "ic09": (512, 512), "ic10": (1024, 1024),
    }  # fmt: skip
    from PySide6.QtGui import QImageReader

    reader = QImageReader(str(app / "Contents/Resources/crowddesk.icns"), b"icns")
    assert reader.canRead(), reader.errorString()
    assert not reader.read().isNull()


def test_compiled_files_are_found_once(app: Path) -> None:
    found = [path.name for path in bundle.programs_and_libraries(app)]
    assert sorted(found) == ["QtCore", "core.so", "crowddesk", "libpython3.12.dylib"]


def test_the_oldest_system_is_that_of_the_file_that_asks_most(app: Path) -> None:
    assert bundle.oldest_system(app) == "14.0"
    (app / "Contents/Frameworks/numpy/core.so").unlink()
    assert bundle.oldest_system(app) == "13.0"
    with pytest.raises(system.BuildFailed, match="No compiled file"):
        bundle.oldest_system(app / "Contents/Resources")


# ------------------------------------------------------------------------------------------ signatures


def test_without_an_identity_everything_is_signed_for_this_computer(
    app: Path, ran: Ran, tmp_path: Path
) -> None:
    signing.sign(app, tmp_path)
    *signed, last = ran
    assert all(words[:4] == ["codesign", "--force", "--sign", "-"] and len(words) == 5 for words in signed)
    assert last == ["codesign", "--verify", "--deep", "--strict", "--verbose=2", str(app)]


def test_with_an_identity_from_the_inside_out_with_the_hardened_runtime(
    app: Path, ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, IDENTITY)
    signing.sign(app, tmp_path)
    *inner, program, _verify = ran
    start = ["codesign", "--force", "--sign", *IDENTITY.values(), "--timestamp", "--options", "runtime"]
    assert all(words[:-1] == start for words in inner)
    names = [Path(words[-1]).name for words in inner]
    assert sorted(names) == ["QtCore", "QtCore.framework", "core.so", "libpython3.12.dylib"]
    assert names.index("QtCore") < names.index("QtCore.framework") == len(names) - 1
    entitlements = tmp_path / "entitlements.plist"
    assert program == [*start, "--entitlements", str(entitlements), str(app)]
    allowed = plistlib.loads(entitlements.read_bytes())
    assert set(allowed) == {
        "com.apple.security.cs.allow-unsigned-executable-memory",
        "com.apple.security.cs.disable-library-validation",
    }
    assert all(value is True for value in allowed.values())
    assert b"<!--" not in entitlements.read_bytes()


def test_half_of_the_credentials_is_told_before_anything_is_built() -> None:
    assert signing.lacks({}) == []
    assert signing.lacks(KEY | IDENTITY) == []
    assert signing.lacks(IDENTITY) == []
    (sentence,) = signing.lacks(IDENTITY | {"CROWDDESK_NOTARY_KEY": "a.p8"})
    assert sentence.startswith("CROWDDESK_NOTARY_KEY_ID, CROWDDESK_NOTARY_ISSUER is not set")
    (sentence,) = signing.lacks(KEY)
    assert sentence.startswith("CROWDDESK_MACOS_IDENTITY is not set")


def test_without_credentials_apple_is_not_asked(
    ran: Ran, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert not signing.notarize(tmp_path / "a.dmg")
    assert ran == []
    assert "a.dmg is not notarised" in capsys.readouterr().out


def test_apple_is_asked_and_its_word_stapled(
    ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, KEY | IDENTITY)
    ran.prints["xcrun notarytool submit"] = 'Uploading\n{"id": "1-2", "status": "Accepted"}'
    image = tmp_path / "a.dmg"
    assert signing.notarize(image)
    credentials = ["--key", "/keys/a.p8", "--key-id", "KEY1", "--issuer", "issuer"]
    wait = ["--wait", "--timeout", "1h", "--output-format", "json"]
    assert ran == [
        ["xcrun", "notarytool", "submit", str(image), *credentials, *wait],
        ["xcrun", "stapler", "staple", str(image)],
        ["xcrun", "stapler", "validate", str(image)],
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('{"id": "1-2", "status": "Invalid"}', "Apple did not take a.dmg: Invalid"),
        ("No network", "gave no answer that can be read"),
        ("{cut", "gave no answer that can be read"),
    ],
)
def test_what_apple_refuses_is_not_stapled(
    ran: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, why: str
) -> None:
    _set(monkeypatch, KEY | IDENTITY)
    ran.prints = {"xcrun notarytool submit": said, "xcrun notarytool log 1-2": "not signed: libx"}
    with pytest.raises(system.BuildFailed, match=why):
        signing.notarize(tmp_path / "a.dmg")
    assert not [words for words in ran if "stapler" in words]


# ------------------------------------------------------------------------------------------- the image


def test_the_image_holds_the_program_and_a_way_to_the_applications(
    app: Path, build: Any, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installers.platform, "machine", lambda: "arm64")
    (image,) = installers.make_installers(build, app)
    assert image == build.dist / "crowddesk-0.3.0rc1-macos-arm64.dmg"
    folder = build.work / "image"
    assert ran == [
        ["ditto", str(app), str(folder / "CrowdDesk.app")],
        ["hdiutil", "create", "-volname", "CrowdDesk 0.3.0rc1", "-srcfolder", str(folder),
         "-fs", "HFS+", "-format", "ULMO", str(image)],
    ]  # fmt: skip
    assert os.readlink(folder / "Applications") == "/Applications"
    _set(monkeypatch, IDENTITY)
    signing.sign_image(image)
    assert ran[-1][-1] == str(image)
    assert "--entitlements" not in ran[-1]


@pytest.mark.parametrize(("said", "tries"), [("create failed - Resource busy", 5), ("No space left", 1)])
def test_an_image_is_tried_again_only_while_it_is_busy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, said: str, tries: int
) -> None:
    tried: list[object] = []

    def fail(command: object) -> str:
        tried.append(command)
        raise system.BuildFailed("hdiutil ended with 1.", said)

    monkeypatch.setattr(installers, "run", fail)
    monkeypatch.setattr(installers, "_BUSY_S", 0.0)
    with pytest.raises(system.BuildFailed):
        installers.write_image(tmp_path, "CrowdDesk", tmp_path / "a.dmg")
    assert len(tried) == tries


def test_the_image_is_tried_as_a_person_would(
    build: Any, ran: Ran, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(installers, "self_test", lambda command, home: started.append(command))
    image, volume = build.dist / "a.dmg", str(build.work / "volume")
    installers.try_installer(build, image)
    app = build.work / "Any folder, ünpacked" / "CrowdDesk.app"
    assert [words[0] for words in ran] == ["hdiutil", "ditto", "hdiutil", "codesign"]
    assert ran[0] == ["hdiutil", "attach", "-nobrowse", "-readonly", "-mountpoint", volume, str(image)]
    assert ran[2] == ["hdiutil", "detach", "-force", volume]
    assert started == [[str(app / "Contents/MacOS/crowddesk")]]


def test_a_volume_that_cannot_be_read_is_given_back(
    build: Any, monkeypatch: pytest.MonkeyPatch, ran: Ran
) -> None:
    def fail(command: Sequence[str | Path], **_: object) -> str:
        ran(command)
        if command[0] == "ditto":
            raise system.BuildFailed("ditto ended with 1.")
        return ""

    monkeypatch.setattr(installers, "run", fail)
    with pytest.raises(system.BuildFailed):
        installers.try_installer(build, build.dist / "a.dmg")
    assert ran[-1][:2] == ["hdiutil", "detach"]


def test_elsewhere_it_says_that_it_cannot_be_built(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installers.sys, "platform", "linux")
    assert installers.lacks() == ["The macOS installer is built on macOS."]
    monkeypatch.setattr(installers.sys, "platform", "darwin")
    monkeypatch.setattr(
        installers.shutil, "which", lambda name: None if name == "xcrun" else f"/usr/bin/{name}"
    )
    assert installers.lacks()[0] == "xcrun cannot be found: run xcode-select --install."


def test_the_program_is_made_dressed_and_signed_in_that_order(
    app: Path, build: Any, ran: Ran, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []

    def note(name: str) -> Callable[..., Any]:
        return lambda *_, **__: done.append(name)

    monkeypatch.setattr(installers, "freeze", lambda _build: app.parent / "crowddesk")
    monkeypatch.setattr(installers.bundle, "dress", note("dress"))
    monkeypatch.setattr(installers, "_put_licences", note("licences"))
    monkeypatch.setattr(installers.signing, "sign", note("sign"))
    assert installers.make_program(build) == app
    assert done == ["dress", "licences", "sign"]
    assert installers.command(app) == [str(app / "Contents/MacOS/crowddesk")]


def test_the_licences_lie_in_the_program(app: Path, build: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installers.licences, "index", lambda own, version: f"{version}\n{own}")
    monkeypatch.setattr(installers.licences, "python_licence", lambda: ROOT / "LICENSE")
    installers._put_licences(build, app)
    resources = app / "Contents/Resources"
    assert "MIT" in (resources / "LICENCES.txt").read_text("utf-8")
    names = sorted(path.name for path in (resources / "licences").iterdir())
    assert names == ["GPL-3.txt", "LGPL-3.txt", "python.txt"]


def test_the_script_of_the_keychain_is_sound() -> None:
    script = ROOT / "packaging/macos/keychain.sh"
    subprocess.run(["sh", "-n", str(script)], check=True, timeout=20)
    done = subprocess.run([str(script)], env={}, capture_output=True, text=True, check=False, timeout=20)
    assert done.returncode != 0
    assert "MACOS_CERTIFICATE" in done.stderr
