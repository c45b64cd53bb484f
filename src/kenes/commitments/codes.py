"""The public code of a commitment: `C-AKM-0012`, the region's letters and a serial number.

A question's code has a meeting's number in the middle (`AKM-2-0147`), so the two are never taken
for each other. What belongs to no region has the letters `KZ`.
"""

import re
import unicodedata

SERIAL_WIDTH = 4
WHOLE_COUNTRY = "KZ"

# Cyrillic letters that people type for the Latin ones they look like.
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТУХІЅЈҮҺ", "ABEKMHOPCTYXISJYH")
_WRITTEN = re.compile(r"C[\W_]*([A-Z]{2,4})[\W_]*([0-9]{1,8})")


def commitment_code(letters: str, serial: int) -> str:
    """Return the public code of the serial number under a region's letters."""
    return f"C-{letters}-{serial:0{SERIAL_WIDTH}d}"


def parse_commitment_code(typed: str) -> str | None:
    """Return the code a person meant, or None: case, spaces, dashes, look-alike letters do not matter."""
    plain = unicodedata.normalize("NFKC", typed).strip().upper().translate(_LOOK_ALIKES)
    found = _WRITTEN.fullmatch(plain)
    return commitment_code(found.group(1), int(found.group(2))) if found else None
