"""What `kenes check --deploy` says before an instance is shown to people.

Each has an id and a hint; docs/reference/settings.md lists them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})


@dataclass(frozen=True, slots=True)
class DeployCheck:
    """One thing that must not stand so on a public instance."""

    id: str
    level: type[checks.Error] | type[checks.Warning]
    text: str
    hint: str
    is_wrong: Callable[[], bool]


def _is_public() -> bool:
    return urlsplit(settings.PUBLIC_URL).hostname not in LOOPBACK


def _has_only_default_hosts() -> bool:
    return _is_public() and set(settings.ALLOWED_HOSTS) <= LOOPBACK


def _keeps_mail_in_files() -> bool:
    kind = str(settings.EMAIL_BACKEND).split(".")[-2:-1]
    return kind in (["filebased"], ["console"], ["dummy"])


CHECKS = (
    DeployCheck(
        "kenes.E001",
        checks.Error,
        "Debug mode is on: errors show the program's inside to everybody.",
        "Set KENES_DEBUG=off, or leave it away.",
        lambda: bool(settings.DEBUG),
    ),
    DeployCheck(
        "kenes.E002",
        checks.Error,
        "Demo mode is on at a public https address: anybody signs in as a moderator with one press.",
        "Set KENES_DEMO=off and start with a data folder of its own.",
        lambda: bool(settings.DEMO and settings.IS_SECURE and _is_public()),
    ),
    DeployCheck(
        "kenes.W003",
        checks.Warning,
        "The site answers only under the addresses of this machine.",
        "Name the site's host in KENES_ALLOWED_HOSTS.",
        _has_only_default_hosts,
    ),
    DeployCheck(
        "kenes.E004",
        checks.Error,
        "Limits are off: passwords can be guessed and rooms flooded without end.",
        "Set KENES_RATE_LIMITS=on, or leave it away.",
        lambda: _is_public() and not settings.RATE_LIMITS,
    ),
    DeployCheck(
        "kenes.E005",
        checks.Error,
        "The public address is https, yet session cookies are sent over plain http too.",
        "Leave SESSION_COOKIE_SECURE and CSRF_COOKIE_SECURE to KENES_PUBLIC_URL.",
        lambda: bool(
            settings.IS_SECURE and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE)
        ),
    ),
    DeployCheck(
        "kenes.W006",
        checks.Warning,
        "The public address is plain http: whoever listens on the way can take over a session.",
        "Put the site behind https and name that address in KENES_PUBLIC_URL.",
        lambda: _is_public() and not settings.IS_SECURE,
    ),
    DeployCheck(
        "kenes.W007",
        checks.Warning,
        "E-mail is not sent but kept: nobody gets a code to sign in.",
        "Set KENES_EMAIL_BACKEND=django.core.mail.backends.smtp.EmailBackend and KENES_EMAIL_HOST.",
        _keeps_mail_in_files,
    ),
)


def deploy_messages(app_configs: object = None, **options: object) -> list[checks.CheckMessage]:
    """Return a message for each thing that stands wrong."""
    return [check.level(check.text, hint=check.hint, id=check.id) for check in CHECKS if check.is_wrong()]


def register_checks() -> None:
    """Add the checks to `kenes check --deploy`."""
    checks.register(deploy_messages, checks.Tags.security, deploy=True)
