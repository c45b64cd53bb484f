"""The shipped policies: each from a named law, each finding restated, no edition overlapping another."""

import csv
from datetime import UTC, date, datetime
from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.core.management import call_command
from django.utils import translation
from django.utils.translation import gettext

from kenes.deadlines.actions import load_deadline_policies
from kenes.deadlines.models import CalendarEdition, DeadlinePolicy
from kenes.deadlines.policy import policy_on
from kenes.deadlines.queries import policies_of
from kenes.deadlines.shipped import lines_of, shipped_policies
from kenes.deadlines.shipped.words import SOURCES
from kenes.deadlines.states import Certainty, ExtensionStart, StartRule, Unit
from kenes.record.models import Entry
from shared_data import shared_file

AT = datetime(2026, 1, 1, 6, 0, tzinfo=UTC)
LINES = [*lines_of("policies.csv"), *lines_of("standing_rules.csv")]


def test_every_line_names_an_act_a_certainty_and_what_was_read() -> None:
    assert [line["key"] for line in LINES if not line["act"] or not line["rules"]] == []
    read = [line for line in LINES if line["certainty"] != Certainty.GENERAL_KNOWLEDGE]
    assert [line["key"] for line in read if not line["article"]] == []


def test_every_finding_is_restated_with_its_certainty() -> None:
    with shared_file("law", "deadline_rules.csv").open(encoding="utf-8", newline="") as file:
        findings = {line["rule"]: line["confirmed"] for line in csv.DictReader(file)}
    restated = {rule for line in LINES for rule in line["rules"].split("|")}
    assert restated == findings.keys()
    unread = {rule for rule, confirmed in findings.items() if not confirmed.startswith("text read")}
    guesses = {
        rule
        for line in LINES
        if line["certainty"] == Certainty.GENERAL_KNOWLEDGE
        for rule in line["rules"].split("|")
    }
    assert guesses == unread


@pytest.mark.django_db
def test_no_day_has_two_editions_of_a_policy_and_no_gap_lies_between() -> None:
    load_deadline_policies(by=None, at=AT)
    for key in {line["key"] for line in lines_of("policies.csv")}:
        editions = policies_of(key)
        for former, later in pairwise(editions):
            assert former.valid_to is not None
            assert later.valid_from is not None
            assert (later.valid_from - former.valid_to).days == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "unit", "start", "certainty"),
    [
        (date(2021, 2, 10), Unit.CALENDAR_DAY, StartRule.DAY_AFTER, Certainty.GENERAL_KNOWLEDGE),
        (date(2021, 6, 30), Unit.CALENDAR_DAY, StartRule.DAY_AFTER, Certainty.GENERAL_KNOWLEDGE),
        (date(2021, 7, 1), Unit.WORKING_DAY, StartRule.DAY_OF_RECEIPT, Certainty.TEXT_READ),
        (date(2025, 12, 28), Unit.WORKING_DAY, StartRule.DAY_OF_RECEIPT, Certainty.TEXT_READ),
        (date(2025, 12, 29), Unit.WORKING_DAY, StartRule.DAY_AFTER, Certainty.TEXT_READ),
    ],
)
def test_an_appeal_has_the_edition_of_its_day(
    day: date, unit: Unit, start: StartRule, certainty: Certainty
) -> None:
    load_deadline_policies(by=None, at=AT)
    policy = policy_on(policies_of("appeal"), day)
    assert (policy.count, policy.unit, policy.start, policy.source.certainty) == (15, unit, start, certainty)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_mends_what_differs() -> None:
    count = len(shipped_policies())
    assert [load_deadline_policies(by=None, at=AT), load_deadline_policies(by=None, at=AT)] == [count, 0]
    DeadlinePolicy.objects.filter(key="petition-local").update(count=21)
    assert load_deadline_policies(by=None, at=AT) == 1
    assert DeadlinePolicy.objects.get(key="petition-local").count == 20
    assert [entry.detail["changed"] for entry in Entry.objects.all()] == [count, 1]


@pytest.mark.django_db
def test_what_was_loaded_for_law_241_moves_to_its_entry_into_force() -> None:
    load_deadline_policies(by=None, at=AT)
    moved = import_module("kenes.deadlines.migrations.0006_law_241_in_force")
    moved.to_signing(apps, None)
    days = [(policy.valid_from, policy.valid_to) for policy in policies_of("appeal")]
    assert days == [
        (None, date(2021, 6, 30)),
        (date(2021, 7, 1), date(2025, 12, 16)),
        (date(2025, 12, 17), None),
    ]
    DeadlinePolicy.objects.update(extension_start=ExtensionStart.AFTER_LAST_DAY)
    moved.to_entry_into_force(apps, None)
    assert load_deadline_policies(by=None, at=AT) == 0


@pytest.mark.django_db
def test_the_command_loads_policies_and_a_calendar(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_deadline_policies", through=2026)
    call_command("load_deadline_policies", through=2026)
    days = CalendarEdition.objects.get().days.count()
    calendar = f"calendar KZ-1, published, not yet confirmed, {days} days"
    assert capsys.readouterr().out.splitlines() == [
        f"{len(shipped_policies())} policies added or changed",
        calendar,
        "0 policies added or changed",
        calendar,
    ]


def test_what_is_said_of_sources_is_translated_word_for_word() -> None:
    said = {row[column] for row in shipped_policies() for column in ("act", "edition", "note") if row[column]}
    assert set(SOURCES) == said
    for language in ("kk", "ru"):
        with translation.override(language):
            assert [text for text in SOURCES if gettext(text) == text] == []
