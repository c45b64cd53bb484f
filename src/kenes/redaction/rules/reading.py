"""A text as a person reads it: other scripts' digits, full-width letters and hidden characters made plain.

Found places must lead back to the text as it is kept, so each character of the plain one knows its place.
"""

import re
import unicodedata
from collections.abc import Sequence

# Invisible characters, full-width forms, the small at sign, and digits of any other script.
_DISGUISED = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\u3164\ufe00-\ufe0f\ufe52\ufe6b\ufeff\uff01-\uff5e\U000e0100-\U000e01ef]|(?![0-9])\d"
)
# Most texts are nothing but these, which a search for the others would read slowly.
_USUAL = re.compile(r"[\n -~\xa0-\xac\xae-\u024f\u0400-\u052f\u2010-\u2027\u20a0-\u20bf\u2116]*")
_AS_ZERO = re.compile(r"(?<=[0-9])[OoОо]{1,3}(?=[0-9])")
_CYRILLIC, _LATIN = "АВЕКМНОРСТХУ", "ABEKMHOPCTXY"
_TWINS = str.maketrans(_CYRILLIC, _LATIN)
LATIN_LOOKING = f"[A-Za-z{_CYRILLIC}]"


def plain_of(text: str) -> tuple[str, Sequence[int]]:
    """Return the text as it is read, and for each of its characters the place in the text as it is kept."""
    if _USUAL.fullmatch(text) or _DISGUISED.search(text) is None:
        return text, range(len(text))
    read = [(_plain(char), place) for place, char in enumerate(text)]
    return "".join(char for char, _place in read), [place for char, place in read if char]


def with_zeros(text: str) -> str:
    """Return the text with the letter O read as zero where it stands between digits; as long as before."""
    return _AS_ZERO.sub(lambda found: "0" * len(found[0]), text)


def in_latin(text: str) -> str:
    """Return the text with Cyrillic capitals that look like Latin ones read as these; as long as before."""
    return text.translate(_TWINS)


def _plain(char: str) -> str:
    if _DISGUISED.fullmatch(char) is None:
        return char
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    plain = unicodedata.normalize("NFKC", char)
    return plain if len(plain) == 1 and "!" <= plain <= "~" else ""
