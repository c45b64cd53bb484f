"""Telephone numbers of Kazakhstan and Russia in people's many writings, and e-mail addresses."""

import re
from collections.abc import Iterator

from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind

_BETWEEN = r"[ \u00a0\u2007\u2009\u202f\t.()/\-–—‑]{0,3}"
_NOT_INSIDE = r"(?<![0-9A-Za-zА-яЁё])(?<![0-9][.,\-/])"
_LONG = re.compile(rf"{_NOT_INSIDE}(?:\+[ ]?7|[78])({_BETWEEN}[79])((?:{_BETWEEN}[0-9]){{9}})(?![0-9])")
# Without the country's code only mobile numbers are told from other numbers of ten digits.
_MOBILE = re.compile(
    rf"{_NOT_INSIDE}\(?7(?:0[0-8]|47|5[01]|6[0-4]|7[0-8])\)?(?:{_BETWEEN}[0-9]){{7}}(?![0-9])"
)
# A number broken by a word: 8-701 in the evening 555-44-33.
_BROKEN = re.compile(
    rf"{_NOT_INSIDE}(?:\+[ ]?7|8)[ \u00a0(.\-–]{{0,2}}7[0-9]{{2}}\)?[^0-9\n]{{4,24}}"
    r"(?<![0-9.,])[0-9]{3}[ \u00a0.\-–]?[0-9]{2}[ \u00a0.\-–]?[0-9]{2}(?![0-9])"
)
_AMOUNT = re.compile(r"[ \u00a0]?(?:тенге|теңге|тг\b|тнг\b|₸|руб|млн|доллар|kzt\b|tenge)", re.IGNORECASE)
_SHORT = re.compile(r"[0-9]{1,3}[ \-–][0-9]{2}[ \-–][0-9]{2}(?![0-9\-–])")
_CALLED = re.compile(
    r"(?<![⋯\w])(?:тел(?:ефон\w{0,4})?|моб(?:ильн\w{1,4})?|сот(?:ов\w{1,4}|ка)?|ұялы|байланыс|whats\s?app|"
    r"ватсап\w{0,3}|telegram|phone|tel|call)[\s.:,№#\-–—]{0,5}(?:нөмір\w{0,4}|номер\w{0,3}|number)?[\s.:№]{0,3}$",
    re.IGNORECASE,
)
_THOUSANDS = re.compile(r"[0-9]{1,2}(?:[ \u00a0\u2009\u202f.][0-9]{3}){3}")
_DATE = re.compile(r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}")
_LOOK_BACK = 40  # characters before a number in which it may be called one

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w+%-][\w.+%-]{0,63}@(?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24}(?![\w-])",
)
_SPELT_EMAIL = re.compile(
    r"(?<![\w.+%⋯-])(?:[\w+%-]{1,30}[ ]?[\[({<](?:dot|точка|нүкте)[\])}>][ ]?){0,3}[\w+%-][\w.+%-]{0,63}"
    r"(?:[ ]?[\[({<][ ]?(?:at|собака|ат|@)[ ]?[\])}>][ ]?|[ ](?:собака|sobaka|@)[ ]|[ ]@|@[ ])"
    r"(?:[\w-]{1,63}(?:\.|[ ]\.[ ]|[ ](?:dot|точка|нүкте)[ ]|[ ]?[\[({<](?:dot|точка|нүкте)[\])}>][ ]?)){1,6}"
    r"[^\W\d_]{2,24}(?![\w-])",
    re.IGNORECASE,
)
# Both in words: without the second, "at" is any English sentence's.
_WORDED_EMAIL = re.compile(
    r"(?<![\w.+%⋯-])[\w+%-][\w.+%-]{0,63}[ ](?:at|эт)[ ]"
    r"(?:[\w-]{1,63}[ ](?:dot|точка|нүкте)[ ]){1,6}[^\W\d_]{2,24}(?![\w-])",
    re.IGNORECASE,
)


def find_phones(text: str) -> Iterator[Hit]:
    """Yield numbers with the country's code (sure), mobile and short ones (likely, sure if called so)."""
    for found in _LONG.finditer(text):
        if found[0].startswith("+") or not (_is_other_number(found[0]) or _is_amount(text, found)):
            yield Hit(found.start(), found.end(), HitKind.PHONE, Certainty.SURE)
    for found in _BROKEN.finditer(text):
        yield Hit(found.start(), found.end(), HitKind.PHONE, Certainty.LIKELY)
    for found in _MOBILE.finditer(text):
        if not (_is_other_number(found[0]) or _is_amount(text, found)):
            certainty = Certainty.SURE if _is_called(text, found.start()) else Certainty.LIKELY
            yield Hit(found.start(), found.end(), HitKind.PHONE, certainty)
    for found in _SHORT.finditer(text):
        if _is_called(text, found.start()):
            yield Hit(found.start(), found.end(), HitKind.PHONE, Certainty.LIKELY)


def find_emails(text: str) -> Iterator[Hit]:
    """Yield addresses as machines read them (sure) and as people spell them to hide them (likely)."""
    if "@" in text:
        for found in _EMAIL.finditer(text):
            yield Hit(found.start(), found.end(), HitKind.EMAIL, Certainty.SURE)
    for pattern in (_SPELT_EMAIL, _WORDED_EMAIL):
        for found in pattern.finditer(text):
            yield Hit(found.start(), found.end(), HitKind.EMAIL, Certainty.LIKELY)


def _is_other_number(number: str) -> bool:
    """Say whether it is an amount written in thousands, or begins with a date."""
    return _THOUSANDS.fullmatch(number) is not None or _DATE.search(number) is not None


def _is_amount(text: str, found: re.Match[str]) -> bool:
    """Say whether it is digits and nothing else, and money after them."""
    return found[0].isdecimal() and _AMOUNT.match(text, found.end()) is not None


def _is_called(text: str, start: int) -> bool:
    return _CALLED.search(text[max(0, start - _LOOK_BACK) : start]) is not None
