"""Every text of Django and allauth that a person can see stands in Kazakh and Russian."""

from collections.abc import Iterator
from pathlib import Path

import allauth
import django
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.conf import global_settings
from django.utils.translation.trans_real import translation

DJANGO = Path(django.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
CATALOGUES = {
    "django": DJANGO / "conf" / "locale",
    "admin": DJANGO / "contrib" / "admin" / "locale",
    "auth": DJANGO / "contrib" / "auth" / "locale",
    "allauth": ALLAUTH / "locale",
}
LANGUAGE_NAMES = {str(name) for _, name in global_settings.LANGUAGES}
# Shown by Django's own start page and debug pages only.
DEBUG_ONLY = (
    "The install worked", "View <a href", "You are seeing this page because <a", "Django Documentation",
    "Topics, references", "Tutorial: A Polling", "Get started with Django", "Django Community",
    "Connect, get help", "If you are using the <meta",
)  # fmt: skip
# Ways of signing in that Kenes does not offer.
NOT_OFFERED = (
    "usersessions",
    "idp/",
    "webauthn",
    "phone",
    "passkey",
    "headless",
    "socialaccount/providers",
    "trust",
)
NOT_OFFERED_WORDS = ("passkey", "phone", "security key", "passwordless", "browser", "biometric")


def is_seen(message: Message) -> bool:
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    if text in LANGUAGE_NAMES or text.startswith(DEBUG_ONLY):
        return False
    places = [place for place, _ in message.locations]
    if places and all(any(part in place for part in NOT_OFFERED) for place in places):
        return False
    return not (places and any(word in text.lower() for word in NOT_OFFERED_WORDS))


def seen_messages(catalogue: Path) -> Iterator[Message]:
    """Yield what the library's Russian catalogue, which is complete, lists and a person can see."""
    with (catalogue / "ru" / "LC_MESSAGES" / "django.po").open("rb") as file:
        yield from (message for message in read_po(file) if message.id and is_seen(message))


def key_of(message: Message) -> str | tuple[str, int]:
    text = message.id[0] if isinstance(message.id, tuple) else message.id
    named = f"{message.context}\x04{text}" if message.context else text
    return (named, 0) if isinstance(message.id, tuple) else named


@pytest.mark.parametrize("language", ["kk", "ru"])
@pytest.mark.parametrize("library", CATALOGUES)
def test_every_visible_text_of_a_library_is_translated(library: str, language: str) -> None:
    known = translation(language)._catalog
    absent = [key for message in seen_messages(CATALOGUES[library]) if not known.get(key := key_of(message))]
    assert absent == []


def test_the_list_of_visible_texts_is_not_empty() -> None:
    assert {
        library: len(list(seen_messages(path))) > 30 for library, path in CATALOGUES.items()
    } == dict.fromkeys(CATALOGUES, True)
