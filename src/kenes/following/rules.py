"""What an address must be like, how many letters may reach it, and how long it is kept."""

import re
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from kenes.following.errors import AddressWrong, NoTextMessages, NumberWrong, PaceUnknown
from kenes.following.states import Pace
from kenes.live.limits import Limit
from kenes.notices.channels import has_text_channel

# One network address can be a whole youth centre.
PER_NETWORK = Limit(burst=60, per_second=1 / 10)

# So many confirmations reach one address in a day, whoever asks for them.
CONFIRMATIONS_A_DAY = 3
A_DAY = timedelta(days=1)
# What is not confirmed by then is forgotten with its address.
CONFIRM_WITHIN = timedelta(days=7)
DIGITS_HOLD_FOR = timedelta(hours=1)
DIGITS_ATTEMPTS = 5
MANAGE_WITHIN = timedelta(days=90)
MOST_OF_ONE_ADDRESS = 50
QUERY_MOST = 400

# After the end of a question its asker may still reopen it; then the contact is erased.
CONTACT_KEPT_FOR = timedelta(days=30)
HAPPENINGS_KEPT_FOR = timedelta(days=90)

DUE_SOON_DAYS = 3
DAILY_LETTER_HOUR = 9  # on the instance's clock

_NUMBER = re.compile(r"\+[1-9][0-9]{7,14}")


def clean_email(address: str) -> str:
    """Return the address in small letters. Raises: AddressWrong."""
    kept = address.strip().lower()
    try:
        validate_email(kept)
    except ValidationError:
        raise AddressWrong from None
    return kept


def clean_number(number: str) -> str:
    """Return the number in international form; `8 701…` is Kazakhstan's own way. Raises: NumberWrong."""
    kept = re.sub(r"[\s()\-–.]", "", number)
    if re.fullmatch(r"8[0-9]{10}", kept):
        kept = f"+7{kept[1:]}"
    if not _NUMBER.fullmatch(kept):
        raise NumberWrong
    return kept


def clean_contact(contact: str) -> str:
    """Return an e-mail address or a number as it is kept.

    Raises: AddressWrong, NumberWrong, NoTextMessages.
    """
    if "@" in contact:
        return clean_email(contact)
    number = clean_number(contact)
    if not has_text_channel():
        raise NoTextMessages
    return number


def clean_pace(pace: str) -> Pace:
    """Return how often a subscriber is told. Raises: PaceUnknown."""
    if pace not in Pace.values:
        raise PaceUnknown
    return Pace(pace)


def hinted(address: str) -> str:
    """Return so much of an address that its owner knows it again: `a…@example.org`, `…45`."""
    name, at, host = address.partition("@")
    return f"{name[:1]}…@{host}" if at else f"…{address[-2:]}"
