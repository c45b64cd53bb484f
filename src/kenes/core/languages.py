"""Official content in three languages, with a stated fallback."""

from dataclasses import dataclass

from django.db.models import Model
from django.utils.translation import get_language

LANGUAGES = ("kk", "ru", "en")


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text with the language it is really in; `is_fallback` where that is not the reader's."""

    text: str
    language: str
    is_fallback: bool

    def __str__(self) -> str:
        return self.text


def in_languages(row: Model, field: str) -> dict[str, str]:
    """Return `{"kk", "ru", "en"}` of a translated field; a language that is missing is left out."""
    texts = {language: getattr(row, f"{field}_{language}") for language in LANGUAGES}
    return {language: text for language, text in texts.items() if text}


def localized(row: Model, field: str, language: str | None = None) -> LocalizedText:
    """Return the field's text in `language` (the active one by default), or the first that exists."""
    wanted = language or get_language() or LANGUAGES[0]
    texts = in_languages(row, field)
    found = wanted if wanted in texts else next(iter(texts), wanted)
    return LocalizedText(texts.get(found, ""), found, found != wanted)
