"""Signs the program from the inside out, and has Apple look it over where the credentials are at hand.

Without CROWDDESK_MACOS_IDENTITY it is signed for this computer only ("ad hoc"): it starts, and a Mac that
downloaded it asks its owner to allow it. README.md says where the credentials come from.
"""

from __future__ import annotations

import json
import os
import plistlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from macos import bundle
from system import BuildFailed, run, tell

#: What the hardened runtime lets the program do. It is in no sandbox: it serves pages and opens what people
#: name. Not a file of its own: codesign refuses one with comments.
ENTITLEMENTS: Final = {
    # Python's foreign functions, which reach the keychain and cryptography, write small pieces of code.
    "com.apple.security.cs.allow-unsigned-executable-memory": True,
    # A person's own plug-ins, and a Qt that they put in the place of ours, are signed by nobody we know.
    "com.apple.security.cs.disable-library-validation": True,
}
IDENTITY: Final = "CROWDDESK_MACOS_IDENTITY"
#: A key of App Store Connect: its .p8 file, its id, its issuer.
NOTARY: Final = {
    "--key": "CROWDDESK_NOTARY_KEY",
    "--key-id": "CROWDDESK_NOTARY_KEY_ID",
    "--issuer": "CROWDDESK_NOTARY_ISSUER",
}
_AD_HOC: Final = "-"


def lacks(environment: Mapping[str, str] = os.environ) -> list[str]:
    """What half of the credentials lacks, a sentence each. None and all of them are both fine."""
    there = [name for name in NOTARY.values() if environment.get(name)]
    missing = [name for name in NOTARY.values() if not environment.get(name)]
    found = []
    if there and missing:
        found.append(f"{', '.join(missing)} is not set, and {', '.join(there)} is: Apple asks for all three.")
    if there and not environment.get(IDENTITY):
        found.append(f"{IDENTITY} is not set: Apple looks over only what a Developer ID has signed.")
    return found


def sign(app: Path, work: Path) -> None:
    """Signs every compiled file, every framework, then the program itself; checks the whole."""
    entitlements = work / "entitlements.plist"
    entitlements.write_bytes(plistlib.dumps(ENTITLEMENTS))
    for path in inside_out(app):
        run(command(path))
    run(command(app, entitlements))
    run(["codesign", "--verify", "--deep", "--strict", "--verbose=2", app])


def inside_out(app: Path) -> list[Path]:
    """What has a signature of its own in the program: libraries first, and a framework after what it holds.

    The program's own executable is signed with the program.
    """
    own = app / "Contents" / "MacOS" / "crowddesk"
    files = [path for path in bundle.programs_and_libraries(app) if path != own]
    frameworks = {framework for path in files if (framework := _framework_of(path)) is not None}
    return _deepest_first(files) + _deepest_first(frameworks)


def command(path: Path, entitlements: Path | None = None) -> list[str | Path]:
    """The words that sign one thing: with the hardened runtime, and a time that a server vouches for."""
    identity = os.environ.get(IDENTITY) or _AD_HOC
    words: list[str | Path] = ["codesign", "--force", "--sign", identity]
    if identity != _AD_HOC:
        words += ["--timestamp", "--options", "runtime"]
        if entitlements is not None:
            words += ["--entitlements", entitlements]
    return [*words, path]


def sign_image(image: Path) -> None:
    """Signs the disk image where there is an identity; one for this computer only would say nothing."""
    if os.environ.get(IDENTITY):
        run(command(image))


def notarize(image: Path) -> bool:
    """Has Apple look over the disk image and all in it, and staples its word to it. Minutes, rarely an hour.

    False where there are no credentials. Raises BuildFailed with Apple's log where Apple says no.
    """
    if not all(os.environ.get(name) for name in NOTARY.values()):
        tell(f"build: {image.name} is not notarised: {', '.join(NOTARY.values())} are not set")
        return False
    credentials = [word for option, name in NOTARY.items() for word in (option, os.environ[name])]
    wait = ["--wait", "--timeout", "1h", "--output-format", "json"]
    said = _answer(run(["xcrun", "notarytool", "submit", image, *credentials, *wait]))
    if said.get("status") != "Accepted":
        log = run(["xcrun", "notarytool", "log", str(said.get("id")), *credentials])
        raise BuildFailed(f"Apple did not take {image.name}: {said.get('status')}.", log)
    run(["xcrun", "stapler", "staple", image])
    run(["xcrun", "stapler", "validate", image])
    return True


def _answer(printed: str) -> dict[str, object]:
    """The JSON that a tool printed, which may have said something before it."""
    try:
        found = json.loads(printed[printed.index("{") :])
    except ValueError:
        raise BuildFailed("notarytool gave no answer that can be read.", printed) from None
    return found if isinstance(found, dict) else {}


def _framework_of(path: Path) -> Path | None:
    """The innermost framework that a file is in."""
    return next((parent for parent in path.parents if parent.suffix == ".framework"), None)


def _deepest_first(paths: Iterable[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: (-len(path.parts), path))
