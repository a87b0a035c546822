"""The program's texts for translators, and the files the program reads, by Qt's own lupdate and lrelease.

    translations.py update          crowddesk.ts in resources/translations, its new texts in each translation
    translations.py release FOLDER  crowddesk_<code>.qm of each translation and pseudo-language, into FOLDER

The pseudo-languages show what is cut, and what is not translated: en_XA is a third longer, accented and in
brackets; ar_XB is so too and read from the right. Neither is offered to users.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

import PySide6

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "resources" / "translations"
TEMPLATE = KEPT / "crowddesk.ts"
PSEUDO = ("en_XA", "ar_XB")
#: How many forms of number a language has here: English's two, whose second is for what is not one.
_FORMS = {"en_XA": 2, "ar_XB": 6}
#: `say` and `mark` take a text, `say_count` a text, its singular and a number.
_ALIASES = ("QT_TR_NOOP+=say", "QT_TR_NOOP+=mark", "tr+=say_count")
#: What a terminal reads, a script parses, or only a developer sees; `say` is another function there.
_SPEAK_ENGLISH = ("cli", "self_test", "testing")
_ACCENTS = str.maketrans("aceinouyACEINOUSYZ", "åçéîñöûýÅÇÉÎÑÖÛŠÝŽ")
_METHOD = re.compile(r"\.say\(")
_PLACEHOLDER = re.compile(r"(\{[^{}]*\}|%n|<[^<>]*>|&\w+;|\{\{|\}\})")
_EXTRA = re.compile(r" *<extracomment>.*?</extracomment>\n", re.DOTALL)
_LONGER_BY = 0.35


def update() -> None:
    """Writes the template anew, and takes its texts into each translation beside it."""
    KEPT.mkdir(exist_ok=True)
    for target in (TEMPLATE, *sorted(KEPT.glob("crowddesk_*.ts"))):
        extract(target)


def extract(target: Path) -> None:
    """The texts of the source in a .ts file; what is translated there is kept."""
    package = ROOT / "crowddesk"
    with tempfile.TemporaryDirectory() as folder:
        copies = []
        for path in sorted(package.rglob("*.py")):
            if path.relative_to(package).parts[0] in _SPEAK_ENGLISH:
                continue
            copies.append(Path(folder) / path.relative_to(package))
            copies[-1].parent.mkdir(parents=True, exist_ok=True)
            # lupdate knows no methods: a toast's `say` would give its texts a context that nobody asks for.
            copies[-1].write_text(_METHOD.sub(".show(", path.read_text(encoding="utf-8")), encoding="utf-8")
        listing = Path(folder) / "sources.lst"
        listing.write_text("\n".join(map(str, copies)), encoding="utf-8")
        command = [_tool("lupdate"), f"@{listing}", "-ts", str(target.absolute())]
        command += ["-no-obsolete", "-locations", "none"]
        for alias in _ALIASES:
            command += ["-tr-function-alias", alias]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    # lupdate takes the comments of constants (`#:`) as meant for translators.
    text = target.read_text(encoding="utf-8")
    target.write_text(_EXTRA.sub("", text), encoding="utf-8")


def release(folder: Path, template: Path = TEMPLATE) -> list[Path]:
    """Compiles every translation, and the pseudo-languages made from the template, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for source in sorted(KEPT.glob("crowddesk_*.ts")):
        made.append(_compile(source, folder / source.with_suffix(".qm").name))
        code = source.stem.partition("_")[2]
        own = Path(PySide6.__file__).parent / "Qt" / "translations" / f"qtbase_{code}.qm"
        if own.is_file():
            made.append(Path(shutil.copyfile(own, folder / own.name)))
    for code in PSEUDO:
        draft = folder / f"crowddesk_{code}.ts"
        _write_pseudo(template, draft, code)
        made.append(_compile(draft, folder / f"crowddesk_{code}.qm"))
        draft.unlink()
    return made


def pseudo(text: str, code: str) -> str:
    """A text as a pseudo-language has it; placeholders and marks stay."""
    parts = _PLACEHOLDER.split(text)
    said = "".join(part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(parts))
    more = "~" * max(1, round(len(text) * _LONGER_BY))
    return f"[{said}{more}]" if code == "en_XA" else f"\u200f[{said}{more}]\u200f"


def _write_pseudo(template: Path, target: Path, code: str) -> None:
    tree = ET.parse(template)
    tree.getroot().set("language", code)
    for message in tree.getroot().iter("message"):
        source = message.findtext("source") or ""
        translation = message.find("translation")
        if translation is None:
            translation = ET.SubElement(message, "translation")
        translation.attrib.pop("type", None)
        for child in list(translation):
            translation.remove(child)
        if message.get("numerus") == "yes":
            for number in range(_FORMS[code]):
                one = number == 0 and code == "en_XA"
                form = message.findtext("comment") or source if one else source
                ET.SubElement(translation, "numerusform").text = pseudo(form, code)
        else:
            translation.text = pseudo(source, code)
    tree.write(target, encoding="utf-8", xml_declaration=True)


def _compile(source: Path, target: Path) -> Path:
    subprocess.run([_tool("lrelease"), str(source), "-qm", str(target), "-silent"], check=True, cwd=ROOT)
    return target


def _tool(name: str) -> str:
    """Qt's own tool, as PySide6 brings it."""
    folder = Path(PySide6.__file__).parent
    for path in (folder / name, folder / f"{name}.exe", folder / f"{name}.app" / "Contents" / "MacOS" / name):
        if path.is_file():
            return str(path)
    raise SystemExit(f"PySide6 in {folder} has no {name}.")


def main(arguments: list[str] | None = None) -> None:
    as_written = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=as_written)
    steps = parser.add_subparsers(dest="step", required=True)
    steps.add_parser("update")
    steps.add_parser("release").add_argument("folder", type=Path)
    asked = parser.parse_args(arguments)
    if asked.step == "update":
        update()
        return
    for path in release(asked.folder):
        sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
