"""Texts and keys as they are kept: cleaned, measured, on their list."""

import unicodedata
from collections.abc import Iterable, Mapping

from kenes.core.languages import LANGUAGES
from kenes.programme.errors import NameTooLong, TextMissing, TextTooLong, UnknownKey

NAME_LIMIT = 80
# Controls, formats (among them the bidi controls that could turn a neighbour's text around),
# lone surrogates, private use and code points without a meaning.
_UNSHOWN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def clean_name(name: str) -> str:
    """Return a person's name as it is kept: one line, no control or bidi characters; may be empty.

    Raises: NameTooLong above 80 characters.
    """
    spaced = "".join(" " if letter.isspace() else letter for letter in name)
    shown = "".join(letter for letter in spaced if unicodedata.category(letter) not in _UNSHOWN)
    cleaned = " ".join(unicodedata.normalize("NFC", shown).split())
    if len(cleaned) > NAME_LIMIT:
        raise NameTooLong(limit=NAME_LIMIT)
    return cleaned


def clean_texts(texts: Mapping[str, str], *, limit: int, is_required: bool = True) -> dict[str, str]:
    """Return the texts by language, trimmed, without controls but line breaks; empty ones left out.

    Raises: TextMissing, TextTooLong (characters), UnknownKey for a language the site does not have.
    """
    check_keys(texts, known=LANGUAGES)
    cleaned = {language: _clean_text(text) for language, text in texts.items()}
    kept = {language: text for language, text in cleaned.items() if text}
    if is_required and not kept:
        raise TextMissing()
    if any(len(text) > limit for text in kept.values()):
        raise TextTooLong(limit=limit)
    return kept


def _clean_text(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs"}).strip()


def check_keys(values: Iterable[str], *, known: Iterable[str]) -> None:
    """Raise UnknownKey where one of `values` is not on the list."""
    listed = list(known)
    for value in values:
        if value not in listed:
            raise UnknownKey(value=value, known=", ".join(listed))
