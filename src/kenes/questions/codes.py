"""The public code of a question: written (`AKM-2-0147`) and, for the phone, in digits alone.

The spoken form is the region's number (KATO and ISO 3166-2 agree on two digits), the meeting's
in four, the serial in four or more, and a check digit: `11 0002 0147 3`.
"""

import re
import unicodedata
from dataclasses import dataclass

SERIAL_WIDTH = 4
MEETING_WIDTH = 4

# Cyrillic letters that people type for the Latin ones they look like.
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХІЅЈҮҺ", "ABEKMHOPCTYXISJYH")
_WRITTEN = re.compile(r"([A-Z]{2,4})[\W_]*([0-9]{1,6})[\W_]+([0-9]{1,8})")
_WRITTEN_CLOSE = re.compile(r"([A-Z]{2,4})([0-9]{1,6})([0-9]{4})")

# A totally anti-symmetric quasigroup of order 10 (H. Michael Damm, 2004): it catches every
# wrong digit and every swap of neighbours.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


@dataclass(frozen=True, slots=True)
class SpokenCode:
    """What the all-digit form names."""

    region: str
    meeting: int
    serial: int


def question_code(room_code: str, serial: int) -> str:
    """Return the public code of a room's question."""
    return f"{room_code}-{serial:0{SERIAL_WIDTH}d}"


def parse_code(typed: str) -> str | None:
    """Return the code a person meant, or None: case, spaces, dashes, look-alike letters do not matter."""
    plain = unicodedata.normalize("NFKC", typed).strip().upper().translate(_LOOK_ALIKES)
    found = _WRITTEN.fullmatch(plain) or _WRITTEN_CLOSE.fullmatch(plain)
    if found is None:
        return None
    letters, meeting, serial = found.groups()
    return question_code(f"{letters}-{int(meeting)}", int(serial))


def spoken_code(region: str, meeting: int, serial: int) -> str:
    """Return the all-digit form in groups; `region` is the two-digit number."""
    groups = [region, f"{meeting:0{MEETING_WIDTH}d}", f"{serial:0{SERIAL_WIDTH}d}"]
    return " ".join([*groups, check_digit("".join(groups))])


def parse_spoken_code(typed: str) -> SpokenCode | None:
    """Return what the digits name, or None where they are too few or the check digit is wrong."""
    digits = re.sub(r"[\s\-–—.]", "", unicodedata.normalize("NFKC", typed))
    if not re.fullmatch(r"[0-9]{11,15}", digits) or check_digit(digits) != "0":
        return None
    meeting_ends = 2 + MEETING_WIDTH
    return SpokenCode(digits[:2], int(digits[2:meeting_ends]), int(digits[meeting_ends:-1]))


def check_digit(digits: str) -> str:
    """Return the check digit; of a number that ends in its right check digit it is 0."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)
