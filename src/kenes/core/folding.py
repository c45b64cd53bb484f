"""Folded text for search: what people type on a Russian keyboard finds Kazakh names.

SQLite's LIKE knows no Cyrillic capitals, so a folded copy is stored and searched.
"""

import unicodedata

KAZAKH_TO_RUSSIAN = str.maketrans("әғқңөұүһіё", "агкноуухие")
KAZAKH_ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
_RANK = {letter: rank for rank, letter in enumerate(KAZAKH_ALPHABET)}


def fold(text: str) -> str:
    """Return `text` without case, Kazakh letters as their Russian neighbours, ё as е, spaces single."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(KAZAKH_TO_RUSSIAN)
    return " ".join(folded.split())


def kazakh_sort_key(text: str) -> list[int]:
    """Return a key in the order of the Kazakh alphabet (code-point order is wrong for it)."""
    return [_RANK.get(letter, 100 + ord(letter)) for letter in text.casefold() if letter not in " -"]
