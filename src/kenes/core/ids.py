"""Public ids: random, short, speakable, never a database key in an address."""

import secrets

# Crockford's alphabet without i, l, o, u: nothing is mistaken for a digit or read as a word.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12
BITS = 5  # of a character


def new_public_id() -> str:
    """Return 12 characters (60 bits) of the alphabet."""
    bits = secrets.randbits(BITS * LENGTH)
    return "".join([ALPHABET[bits >> place & 31] for place in range(0, BITS * LENGTH, BITS)])
