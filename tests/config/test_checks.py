"""Deploy checks: each speaks when its matter stands wrong, and is silent otherwise."""

from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks

from kenes.config.checks import CHECKS, deploy_messages

GOOD = {
    "DEBUG": False,
    "DEMO": False,
    "RATE_LIMITS": True,
    "PUBLIC_URL": "https://kenes.example.org",
    "IS_SECURE": True,
    "ALLOWED_HOSTS": ["kenes.example.org"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
}
HTTP = {"PUBLIC_URL": "http://kenes.example.org", "IS_SECURE": False}


@pytest.fixture(autouse=True)
def _good_settings(settings: Any) -> None:
    change(settings, GOOD)


def change(settings: Any, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(settings, name, value)


def test_a_well_set_up_instance_is_told_nothing() -> None:
    assert deploy_messages() == []


@pytest.mark.parametrize(
    ("values", "ids"),
    [
        ({"DEBUG": True}, ["kenes.E001"]),
        ({"DEMO": True}, ["kenes.E002"]),
        ({"DEMO": True, "PUBLIC_URL": "http://127.0.0.1:8000", "IS_SECURE": False}, []),
        ({"ALLOWED_HOSTS": ["127.0.0.1", "localhost"]}, ["kenes.W003"]),
        ({"RATE_LIMITS": False}, ["kenes.E004"]),
        ({"RATE_LIMITS": False, "PUBLIC_URL": "http://127.0.0.1:8000", "IS_SECURE": False}, []),
        ({"SESSION_COOKIE_SECURE": False}, ["kenes.E005"]),
        ({"CSRF_COOKIE_SECURE": False}, ["kenes.E005"]),
        (HTTP, ["kenes.W006"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend"}, ["kenes.W007"]),
        ({"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}, ["kenes.W007"]),
    ],
)
def test_each_check_speaks_when_its_matter_stands_wrong(
    settings: Any, values: dict[str, object], ids: list[str]
) -> None:
    change(settings, values)
    assert [message.id for message in deploy_messages()] == ids


def test_every_message_says_what_to_do() -> None:
    assert [check.id for check in CHECKS if not check.hint] == []


def test_the_command_runs_them_for_deployment_only(settings: Any) -> None:
    settings.RATE_LIMITS = False
    ids = [{message.id for message in run_checks(include_deployment_checks=is_on)} for is_on in (False, True)]
    assert [{"kenes.E004"} & found for found in ids] == [set(), {"kenes.E004"}]


def test_the_reference_lists_every_check() -> None:
    reference = (Path(__file__).resolve().parents[2] / "docs/reference/settings.md").read_text("utf-8")
    assert [check.id for check in CHECKS if f"| `{check.id}` |" not in reference] == []
