"""The receipt's secret: an HMAC of the question's internal id, never stored and never logged.

A repeat of the same ask gets it again, even after a crash. It has 100 bits, written in
Crockford's base32 in groups of five: `4F7KQ-0X2MB-…`.
"""

import hmac
import unicodedata
from functools import lru_cache

from django.conf import settings

from kenes.core.ids import spell
from kenes.questions.codes import parse_code
from kenes.questions.models import Question

SYMBOLS = 20  # of 5 bits each
GROUP = 5
_PURPOSE = b"kenes.questions.receipt.v1"
# What a person may type for a symbol it looks like; Cyrillic twins included.
_LOOK_ALIKES = str.maketrans("OILОІАВЕКМНРСТХ", "0110" + "1ABEKMHPCTX")


def receipt_secret(question: Question) -> str:
    """Return the secret of the question's receipt, in groups."""
    return secret_of(question.pk)


def secret_of(question_id: int) -> str:
    """Return the secret for an internal id, under the instance's key of today."""
    return _secret_under(settings.SECRET_KEY, question_id)


def is_secret_of(question: Question, typed: str) -> bool:
    """Say, in constant time, whether `typed` is the question's secret (under an earlier key too)."""
    given = _plain(typed).encode()
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    # Every key is tried, so that the time tells nothing.
    found = [hmac.compare_digest(given, _plain(_secret_under(key, question.pk)).encode()) for key in keys]
    return any(found)


def question_by_secret(code: str, secret: str) -> Question | None:
    """Return the question of this code if the secret is its own; unknown and wrong look the same."""
    parsed = parse_code(code)
    question = Question.objects.filter(code=parsed).first() if parsed else None
    # A code nobody has costs the same check as one with a wrong secret.
    checked = question or Question(pk=0)
    return question if is_secret_of(checked, secret) and question else None


def _secret_under(key: str | bytes, question_id: int) -> str:
    keyed = _keyed(key).copy()
    keyed.update(str(question_id).encode())
    symbols = spell(int.from_bytes(keyed.digest(), "big"), SYMBOLS).upper()
    return "-".join([symbols[start : start + GROUP] for start in range(0, SYMBOLS, GROUP)])


@lru_cache(maxsize=8)
def _keyed(key: str | bytes) -> hmac.HMAC:
    """Return the HMAC under the key derived for receipts, ready to be copied."""
    derived = hmac.digest(key.encode() if isinstance(key, str) else key, _PURPOSE, "sha256")
    return hmac.new(derived, digestmod="sha256")


def _plain(typed: str) -> str:
    plain = unicodedata.normalize("NFKC", typed).upper().translate(_LOOK_ALIKES)
    return "".join(symbol for symbol in plain if symbol.isalnum())
