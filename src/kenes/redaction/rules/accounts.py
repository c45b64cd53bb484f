"""Bank cards and bank accounts, told by their check digits.

Source: ISO/IEC 7812-1 (cards, the Luhn check), ISO 13616 (IBAN, mod 97; 20 characters in Kazakhstan).
"""

import re
from collections.abc import Iterator

from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind

_CARD = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,\-/])(?:[2-69][0-9]{12,18}|"
    r"[2-69][0-9]{3}([ \u00a0.\-–])[0-9]{4}\1[0-9]{4}\1[0-9]{4}(?:\1[0-9]{1,3})?|"
    r"3[0-9]{3}([ \u00a0\-–])[0-9]{6}\2[0-9]{4,5})(?![0-9A-Za-z])"
)
_USUAL_CARD = 16  # digits
_IBAN = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{2}[ ]?[0-9]{2}(?:[ \u00a0\-]?[0-9A-Za-z]){11,30}")
_IBAN_LENGTHS = {"KZ": 20, "RU": 33, "DE": 22, "GB": 22, "TR": 26, "BY": 28}
_SHORTEST_IBAN = 15


def find_cards(text: str) -> Iterator[Hit]:
    """Yield numbers that pass the Luhn check: sure with 16 digits or in a card's groups, else likely."""
    for found in _CARD.finditer(text):
        digits = _digits(found[0])
        if _passes_luhn(digits) and len(set(digits)) > 2:
            is_usual = len(digits) == _USUAL_CARD or digits != found[0]
            certainty = Certainty.SURE if is_usual else Certainty.LIKELY
            yield Hit(found.start(), found.end(), HitKind.CARD, certainty)


def find_ibans(text: str) -> Iterator[Hit]:
    """Yield account numbers that pass their check; words that follow one are not taken with it."""
    for found in _IBAN.finditer(text):
        end = _end_of_iban(text, found.start(), found.end())
        if end:
            yield Hit(found.start(), end, HitKind.IBAN, Certainty.SURE)


def _end_of_iban(text: str, start: int, last: int) -> int:
    """Return where the longest account number from `start` ends, or 0 where none passes."""
    country = text[start : start + 2].upper()
    wanted = _IBAN_LENGTHS.get(country)
    for end in range(last, start + _SHORTEST_IBAN - 1, -1):
        plain = "".join(char for char in text[start:end] if char.isalnum()).upper()
        if not text[end - 1].isalnum() or (end < len(text) and text[end].isalnum() and text[end].isascii()):
            continue
        if (wanted is None or len(plain) == wanted) and _passes_mod_97(plain):
            return end
    return 0


def _passes_mod_97(plain: str) -> bool:
    if len(plain) < _SHORTEST_IBAN or not plain.isascii() or not plain.isalnum():
        return False
    turned = plain[4:] + plain[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def _passes_luhn(digits: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _digits(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")
