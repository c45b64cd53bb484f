"""Public ids: random, short, speakable, never a database key in an address."""

import secrets

# Crockford's alphabet without i, l, o, u: nothing is mistaken for a digit or read as a word.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12
BITS = 5  # of a character


def new_public_id() -> str:
    """Return 12 characters (60 bits) of the alphabet."""
    return spell(secrets.randbits(BITS * LENGTH), LENGTH)


def spell(number: int, length: int) -> str:
    """Return the number's lowest bits as so many characters of the alphabet, the lowest first."""
    return "".join([ALPHABET[number >> place & 31] for place in range(0, BITS * length, BITS)])
