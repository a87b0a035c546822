"""Has the window speak the user's language: Qt's translations, the locale's signs, the side one reads from.

A language is a file `crowddesk_<code>.qm` in the resources, beside it Qt's own words in `qtbase_<code>.qm`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, QLocale, QTime, QTranslator
from PySide6.QtWidgets import QApplication

from crowddesk import language, paths

#: Names a language over what the system says: `de`, `pt_BR`; `C` is English as written.
VARIABLE: Final = "CROWDDESK_LANGUAGE"
_SHORT: Final = QLocale.FormatType.ShortFormat


def speak_language(app: QApplication) -> None:
    """Has everything that is said from now on be in the user's language, numbers, days and direction too.

    Before the first widget is made, in the GUI thread: what has been said does not change. Where there is no
    translation the words are English and the numbers the locale's.
    """
    name = os.environ.get(VARIABLE)
    locale = QLocale(name) if name else QLocale.system()
    QLocale.setDefault(locale)
    code = _nearest([*filter(None, [name]), *locale.uiLanguages()])
    translators = [QTranslator(app) for _ in range(2)]
    for part, translator in zip(("qtbase", "crowddesk"), translators, strict=True):
        if code and translator.load(str(_folder() / f"{part}_{code}.qm")):
            app.installTranslator(translator)
    app.setLayoutDirection(QLocale(code or "en").textDirection())
    language.speak(_language(locale, _translate_by(translators[-1])))


def languages() -> list[str]:
    """The codes of the languages there are translations for, sorted; English needs none."""
    return sorted(path.stem.partition("_")[2] for path in _folder().glob("crowddesk_*.qm"))


def _folder() -> Path:
    return paths.resources_dir() / "translations"


def _nearest(tags: Iterable[str]) -> str:
    """The first of these that there is a translation for, "" for English. de_AT is served by de too."""
    known = set(languages())
    for tag in tags:
        code = tag.replace("-", "_")
        wide = code.partition("_")[0]
        if found := known & {code, wide}:
            return code if code in found else wide
        if wide in ("en", "C"):
            return ""
    return ""


def _translate_by(translator: QTranslator) -> language.Translate:
    """Asks the translator itself: QCoreApplication.translate writes %n without the locale's signs."""
    if translator.isEmpty():
        return language.ENGLISH.translate

    def translate(text: str, comment: str, number: int) -> str:
        return translator.translate("", text, comment, number) or text

    return translate


def _language(locale: QLocale, translate: language.Translate) -> language.Language:
    if locale.language() == QLocale.Language.C:  # nobody said where they are: as the whole world reads it
        return language.Language(translate)
    # Figures are written 0 to 9 everywhere, as vendors and files have them, and their signs go with them.
    latin = locale.zeroDigit() == "0"
    return language.Language(
        translate,
        decimal_point=locale.decimalPoint() if latin else ".",
        group_sign=locale.groupSeparator() if latin else ",",
        money=_money_form(locale),
        day=lambda value: _day(locale, value),
        minute=lambda value: f"{_day(locale, value)} {_clock(locale, value)}",
    )


def _money_form(locale: QLocale) -> str:
    written = locale.toCurrencyString(1, "¤").strip("\u200e\u200f\u061c")
    return "{currency} {amount}" if written.startswith("¤") else "{amount} {currency}"


def _day(locale: QLocale, value: date) -> str:
    form = locale.dateFormat(_SHORT)
    if "yyyy" not in form:  # two digits of a year say too little in a table of deadlines
        form = form.replace("yy", "yyyy")
    return _with_latin_digits(locale.toString(QDate(value.year, value.month, value.day), form))


def _clock(locale: QLocale, value: datetime) -> str:
    return _with_latin_digits(locale.toString(QTime(value.hour, value.minute), _SHORT))


def _with_latin_digits(text: str) -> str:
    return "".join(str(int(sign)) if sign.isdecimal() else sign for sign in text)
