"""The fixed words of minutes and summaries, of each language its own.

They stand here and not in the catalogues: the layout of an official paper is no translation of an
English one, and a paper that was signed must not change when a catalogue does.
"""

from collections.abc import Mapping
from datetime import date, datetime

from babel import Locale
from babel.numbers import format_decimal
from django.utils import translation

from kenes.core import moments
from kenes.minutes.paper.words import en, kk, ru

_TABLES = {"kk": kk, "ru": ru, "en": en}
NO_BREAK = "\u00a0"


class Words:
    """What one language says; `zone` is the clock of the meeting's place."""

    def __init__(self, language: str, zone: str) -> None:
        self.language, self.zone = language, zone
        self._words: Mapping[str, str] = _TABLES[language].WORDS
        self._nouns: Mapping[str, Mapping[str, str]] = _TABLES[language].NOUNS
        self._plural = Locale.parse(language).plural_form

    def __call__(self, key: str, **values: object) -> str:
        """Return the words of a key with their values filled in."""
        return self._words[key].format(**values)

    def number(self, number: int) -> str:
        """Return the number as the language writes it."""
        return str(format_decimal(number, locale=self.language))

    def counted(self, number: int, noun: str) -> str:
        """Return a number with its noun in the form that the number asks for: `21 вопрос`, `3 вопроса`."""
        forms = self._nouns[noun]
        form = forms.get(self._plural(number), forms.get("other") or forms["many"])
        return f"{self.number(number)}{NO_BREAK}{form}"

    def is_one(self, number: int) -> bool:
        """Say whether a verb beside the number is in the singular (ru: 1, 21, 101)."""
        return str(self._plural(number)) == "one"

    def on_date(self, on: str | date) -> str:
        """Return a day with its month in words; `on` in ISO 8601."""
        with translation.override(self.language):
            return moments.date_in_words(_day(on))

    def happened_on(self, on: date) -> str:
        """Return a day in the form in which something happened on it (kk: `27 қарашада`)."""
        months = getattr(_TABLES[self.language], "MONTHS_IN", ())
        return f"{on.year} жылғы {on.day} {months[on.month - 1]}" if months else self.on_date(on)

    def day(self, at: str) -> str:
        """Return the day of a moment in UTC with its weekday, in the meeting's zone."""
        with translation.override(self.language):
            return moments.day_in_words(datetime.fromisoformat(at), self.zone)

    def clock(self, at: str) -> str:
        """Return hours and minutes of a moment in UTC in the meeting's zone."""
        return moments.in_zone(datetime.fromisoformat(at), self.zone).strftime("%H:%M")

    def local_day(self, at: str) -> date:
        """Return the day of a moment in UTC in the meeting's zone."""
        return moments.in_zone(datetime.fromisoformat(at), self.zone).date()

    def offset(self, at: str) -> str:
        """Return the zone's offset at that time."""
        return moments.offset(datetime.fromisoformat(at), self.zone)

    def moment(self, at: str) -> str:
        """Return a day and the time of day."""
        return f"{self.on_date(self.local_day(at))}, {self.clock(at)}"

    def label(self, choice: object) -> str:
        """Return the label of a state or kind, as the site names it in this language."""
        with translation.override(self.language):
            return str(getattr(choice, "label", choice))

    def official(self, texts: Mapping[str, str]) -> tuple[str, str]:
        """Return an official text with the language it is in: this one, or the first it exists in."""
        for language in (self.language, *_TABLES):
            if texts.get(language):
                return texts[language], language
        return "", self.language


def _day(on: str | date) -> date:
    return date.fromisoformat(on) if isinstance(on, str) else on
