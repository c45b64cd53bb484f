"""Individual identification numbers, identity documents, and number plates of Kazakhstan.

Source: the twelve digits of an IIN (birth date, century and sex, serial, check digit) and of a BIN
(year and month, kind of body): Law of 12 January 2007 No. 223-III on national registers of
identification numbers and the rules under it. A body's number is no personal datum and is no hit.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from itertools import chain

from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind

_TWELVE = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,\-/ ])[0-9]{6}"
    r"(?:[ \u00a0\-–]?[0-9]{6}|[ \u00a0\-–][0-9]{3}[ \u00a0\-–][0-9]{3})"
    r"(?![0-9])(?![.,\-/ ][0-9])"
)
# In threes it is an amount, unless it is called a person's number.
_IN_THREES = re.compile(
    r"(?<![0-9A-Za-z])(?<![0-9][.,\-/ ])[0-9]{3}(?:[ \u00a0\-–][0-9]{3}){3}(?![0-9])(?![.,\-/ ][0-9])"
)
_CALLED_IIN = re.compile(r"(?<!\w)(?:иин|жсн|iin|инн)[\s:№.\-–—]{0,5}$", re.IGNORECASE)
_CALLED_DOCUMENT = re.compile(
    r"(?<![⋯\w])(?:паспорт\w{0,3}|удостоверени\w{1,3}(?:\sличности)?|уд\.\s?л(?:ичн|\.)\w{0,4}|"
    r"(?:жеке\s)?куәлі\w{1,5}|төлқұжат\w{0,4}|passport|id[ -]card)[\s:№#.,\-–—nN]{0,6}$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(r"(?<![0-9A-Za-zА-я])(?:[NnН]\s?[0-9]{8}|[0-9]{8,9})(?![0-9A-Za-z])")
_PLATE = re.compile(
    r"(?<![0-9A-Za-z\-.])[0-9]{3}[ ]?([A-Z]{2,3})[ ]?(?:0[1-9]|1[0-9]|20)(?![0-9A-Za-z]|[.,\-][0-9])"
)
_NO_PLATE = frozenset(
    # Currencies, units, kinds of companies (some in Cyrillic letters that look Latin).
    {"USD", "EUR", "RUB", "KZT", "GBP", "CNY", "ISO", "GB", "MB", "KB", "TB", "KM", "MM", "CM", "PDF"}
    | {"TOO", "AO", "HAO", "PK", "CMC", "HPO", "OH", "HE", "TB", "BEK", "KTO", "ET", "BAK", "AK", "TEH"}
)
_LOOK_BACK = 40
_FIRST_WEIGHTS = tuple(range(1, 12))
_SECOND_WEIGHTS = (*range(3, 12), 1, 2)
_LAST_CENTURY_DIGIT = "6"


def find_iins(text: str) -> Iterator[Hit]:
    """Yield numbers with an IIN's date and check digit (sure), or called so with a wrong one (likely)."""
    for found in chain(_TWELVE.finditer(text), _IN_THREES.finditer(text)):
        digits = "".join(char for char in found[0] if char in "0123456789")
        is_called = _CALLED_IIN.search(text[max(0, found.start() - _LOOK_BACK) : found.start()]) is not None
        is_iin = _is_birth(digits) and passes_check(digits)
        if is_called or (is_iin and found.re is _TWELVE):
            is_sure = is_iin and (is_called or digits == found[0])
            certainty = Certainty.SURE if is_sure else Certainty.LIKELY
            yield Hit(found.start(), found.end(), HitKind.IIN, certainty)


def find_documents(text: str) -> Iterator[Hit]:
    """Yield numbers of passports and identity cards: sure where they are called so."""
    for found in _DOCUMENT.finditer(text):
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        if _CALLED_DOCUMENT.search(before):
            yield Hit(found.start(), found.end(), HitKind.DOCUMENT, Certainty.SURE)
        elif found[0][0] in "Nn" and found[0][1].isdigit():
            yield Hit(found.start(), found.end(), HitKind.DOCUMENT, Certainty.LIKELY)


def find_plates(text: str) -> Iterator[Hit]:
    """Yield plates of the pattern of 2012: three digits, Latin letters, a region's code."""
    for found in _PLATE.finditer(text):
        if found[1] not in _NO_PLATE:
            yield Hit(found.start(), found.end(), HitKind.PLATE, Certainty.LIKELY)


def passes_check(digits: str) -> bool:
    """Say whether the last of twelve digits is their check digit."""
    first = _weighed(digits, _FIRST_WEIGHTS)
    control = _weighed(digits, _SECOND_WEIGHTS) if first == 10 else first
    return control == int(digits[11])


def _weighed(digits: str, weights: tuple[int, ...]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11


def _is_birth(digits: str) -> bool:
    """Say whether it begins with a date of birth; a body's number has 4, 5 or 6 in the day's place.

    The seventh digit tells the century; in a year that ends in 00 it tells whether 29 February was.
    """
    year, month, day, century = int(digits[:2]), int(digits[2:4]), int(digits[4:6]), digits[6]
    if not 1 <= month <= 12 or century > _LAST_CENTURY_DIGIT:
        return False
    whole_year = {"1": 1800, "2": 1800, "3": 1900, "4": 1900}.get(century, 2000) + year
    return 1 <= day <= monthrange(whole_year, month)[1]
