"""Words of a text with their places, and the tokens that they are indexed and searched by."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kenes.core.folding import fold
from kenes.register.stemming import Stems, stems_of

# The edition of these rules: a change of tokens takes the next, and every room is read anew.
RULES = 2
LONGEST_WORD = 40
# Stands between texts, so that no phrase reaches from one into the next.
GAP = "9"

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[^\W_](?:[^\W_]|[{_MARKS}])*")
_MARK = re.compile(rf"[{_MARKS}]")
_CYRILLIC, _LATIN = re.compile("[\u0400-\u04ff]"), re.compile("[A-Za-z]")
_LOOK_ALIKE = str.maketrans("ABCEHIKMOPTXYaceiopxyh", "АВСЕНІКМОРТХУасеіорхуһ")
# What both databases take for letters and digits alike; other scripts are not searched.
_KNOWN = re.compile(r"[0-9a-zß-öø-ɏѐ-ӿа-яԀ-ԯ]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, and its stems."""

    start: int
    end: int
    folded: str
    stems: Stems


def words_in(text: str) -> Iterator[Word]:
    """Yield the words of a text in their order."""
    for found in _WORD.finditer(text):
        folded = folded_word(found[0])
        if folded:
            yield Word(found.start(), found.end(), folded, stems_of(folded))


def folded_word(typed: str) -> str:
    """Return one word folded, without accents; "" where it is of no script that is searched."""
    folded = _MARK.sub("", fold(_in_one_script(unicodedata.normalize("NFC", typed))))[:LONGEST_WORD]
    return folded if _KNOWN.fullmatch(folded) else ""


def _in_one_script(word: str) -> str:
    """Return a Cyrillic word without Latin letters that look like its own: many keyboards have no і."""
    if not _CYRILLIC.search(word):
        return word
    cyrillic = word.translate(_LOOK_ALIKE)
    return word if _LATIN.search(cyrillic) else cyrillic


def stems_in(texts: Iterable[str]) -> list[list[Stems]]:
    """Return the stems of each text."""
    return [[word.stems for word in words_in(text)] for text in texts]


def as_column(texts: list[list[Stems]]) -> str:
    """Return what FTS5 indexes: all Russian stems in order, then all Kazakh ones; phrases keep to one."""
    russian = f" {GAP} ".join(" ".join(stems.russian for stems in text) for text in texts)
    kazakh = f" {GAP} ".join(" ".join(stems.kazakh for stems in text) for text in texts)
    return f"{russian} {GAP} {kazakh}"


def as_vector(parts: Iterable[tuple[str, list[list[Stems]]]]) -> str:
    """Return a `tsvector` as text, of (weight, texts): both stems of a word share its place."""
    places: dict[str, list[str]] = {}
    place = 0
    for weight, texts in parts:
        for text in texts:
            place += 1
            for stems in text:
                place += 1
                for token in stems.tokens:
                    places.setdefault(token, []).append(f"{place}{weight}")
    return " ".join(f"'{token}':{','.join(found)}" for token, found in places.items())
