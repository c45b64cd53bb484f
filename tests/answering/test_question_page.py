"""A question at the desk of answers: its page, its acts, who reads it, what a collision leaves."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from answering.people import KK, NOW, RU, Unit, a_unit, checked, ready, saved, signed, submitted
from factories import NOON, a_user
from kenes.answering import actions
from kenes.answering.models import AnswerTemplate, Comment, DraftVersion
from kenes.answering.states import WORK, WorkVerb
from kenes.deadlines.actions import load_deadline_policies, seed_working_calendar
from kenes.programme.actions import join_meeting
from kenes.programme.models import Participant
from kenes.questions.actions import assign_question
from kenes.questions.models import Answer, Question
from questions.acts import a_question, ask

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _that_day() -> object:
    with time_machine.travel(NOW, tick=False):
        yield


def address(question: Question, rest: str = "") -> str:
    return f"/en/work/questions/{question.code}/{rest}"


def page(client: Client, question: Question, rest: str = "") -> str:
    response = client.get(address(question, rest))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def offered(html: str) -> set[str]:
    return set(re.findall(r'action="/en/work/questions/[^/]+/([a-z-]+)/"', html))


def bring(question: Question, unit: Unit, state: str) -> None:
    if state == "drafted":
        submitted(question, unit)
    elif state == "cleared":
        ready(question, unit)
    else:
        saved(question, unit.drafter)


@pytest.mark.parametrize("state", ["assigned", "drafted", "cleared"])
@pytest.mark.parametrize("kind", ["member", "drafter", "clearer", "signer", "head"])
def test_each_is_offered_what_the_table_allows_and_no_more(
    kind: str, state: str, client: Client, question: Question, unit: Unit
) -> None:
    bring(question, unit, state)
    client.force_login(unit.people[kind])
    allowed = {
        verb.value.replace("_", "-")
        for verb, rule in WORK.items()
        if kind in rule.kinds and state in rule.states
    }
    if kind in {"member", "drafter", "signer"}:
        allowed.discard("clear")  # the one step of a body without a chain is another's
    # The clock runs, and nothing is to be told yet.
    allowed -= {"resume", "tell-asker"}
    # Done by buttons of the draft's form, or offered only where a translation is asked for.
    in_the_editor = {"submit", "ask-translation", "check-translation", "finish-translation"}
    assert offered(page(client, question)) - in_the_editor == allowed - in_the_editor


@pytest.mark.parametrize("verb", list(WorkVerb))
def test_nobody_from_elsewhere_opens_or_does_anything(
    verb: WorkVerb, client: Client, question: Question
) -> None:
    client.force_login(a_unit("Department").head)
    word = verb.value.replace("_", "-")
    looked = client.get(address(question))
    acted = client.post(address(question, f"{word}/"))
    assert [looked.status_code, acted.status_code] == [404, 404]


@pytest.mark.parametrize("verb", list(WorkVerb))
def test_acts_are_posted_and_want_a_sign_in(
    verb: WorkVerb, client: Client, question: Question, unit: Unit
) -> None:
    word = verb.value.replace("_", "-")
    assert client.post(address(question, f"{word}/")).status_code == 302
    client.force_login(a_user("somebody"))
    assert client.get(address(question, f"{word}/")).status_code == 404
    client.force_login(unit.signer)
    looked = client.get(address(question, f"{word}/"))
    assert (looked.status_code, looked.headers["Location"]) == (303, address(question))
    assert (Question.objects.get().state, DraftVersion.objects.count()) == ("assigned", 0)


def test_an_anonymous_askers_name_is_not_told_to_the_unit(
    client: Client, unit: Unit, guest: Participant
) -> None:
    asker = join_meeting(guest.meeting, name="Unmistakable asker", user=None, previous=None, at=NOON)
    question = ask(asker, is_anonymous=True)
    assign_question(question, organisation=unit.body, by=None, at=NOON)
    client.force_login(unit.head)
    assert "Unmistakable" not in page(client, question)


def test_a_draft_is_saved_and_submitted_by_one_press(client: Client, question: Question, unit: Unit) -> None:
    client.force_login(unit.drafter)
    typed = {"kk": KK, "ru": RU, "en": "", "original": "ru", "base": "0", "then": "submit"}
    response = client.post(address(question, "save/"), typed)
    assert (response.status_code, response.headers["Location"]) == (303, address(question))
    assert Question.objects.get().state == "drafted"


def test_a_draft_that_cannot_be_submitted_yet_is_saved_all_the_same(
    client: Client, question: Question, unit: Unit
) -> None:
    client.force_login(unit.drafter)
    typed = {"kk": "", "ru": RU, "en": "", "original": "ru", "base": "0", "then": "submit"}
    response = client.post(address(question, "save/"), typed)
    html = " ".join(response.content.decode().split())
    assert response.status_code == 422
    assert "The answer is needed in Kazakh and in Russian. Missing: Қазақша." in html
    assert DraftVersion.objects.get().number == 1
    assert re.search(r'name="base" value="1"', html) is not None


def test_a_collision_shows_both_texts_and_overwrites_nothing(
    client: Client, question: Question, unit: Unit
) -> None:
    saved(question, unit.head, ru="Текст руководителя.")
    client.force_login(unit.drafter)
    typed = {"kk": "", "ru": "Мой собственный текст.", "en": "", "original": "ru", "base": "0"}
    response = client.post(address(question, "save/"), typed)
    html = response.content.decode()
    assert response.status_code == 409
    assert ["Текст руководителя." in html, "Мой собственный текст." in html] == [True, True]
    assert DraftVersion.objects.count() == 1
    base = re.search(r'name="base" value="(\d)"', html)
    assert base is not None
    again = client.post(address(question, "save/"), {**typed, "base": base[1]})
    assert (again.status_code, DraftVersion.objects.count()) == (303, 2)


@pytest.mark.parametrize(
    ("word", "typed"),
    [
        ("save", {"ru": "Написано за час.", "kk": "", "en": "", "original": "ru", "base": "0"}),
        ("finish-translation", {"text": "Написано за час.", "language": "kk", "base": "1"}),
        ("comment", {"text": "Написано за час."}),
    ],
)
def test_what_was_typed_while_the_question_went_elsewhere_is_shown_once_more(
    word: str, typed: dict[str, str], client: Client, question: Question, unit: Unit
) -> None:
    other = a_unit("Department")
    assign_question(question, organisation=other.body, by=None, at=NOW)
    client.force_login(unit.drafter)
    response = client.post(address(question, f"{word}/"), typed)
    html = response.content.decode()
    assert response.status_code == 409
    assert ["Your unit has this question no more" in html, "Написано за час." in html] == [True, True]
    assert (DraftVersion.objects.count(), Comment.objects.count()) == (0, 0)


def test_a_translation_that_collides_keeps_what_was_typed(
    client: Client, question: Question, unit: Unit
) -> None:
    saved(question, unit.drafter, ru=RU)
    actions.ask_translation(question, language="kk", version=1, by=unit.drafter, at=NOW)
    saved(question, unit.head, base=1, ru="Иначе.")
    client.force_login(unit.member)
    response = client.post(
        address(question, "finish-translation/"), {"language": "kk", "text": KK, "base": "1"}
    )
    html = response.content.decode()
    assert (response.status_code, KK in html, 'name="base" value="2"' in html) == (409, True, True)


def test_a_translator_who_may_not_write_the_draft_hands_in_what_was_asked(
    client: Client, question: Question, unit: Unit
) -> None:
    saved(question, unit.drafter, ru=RU)
    actions.ask_translation(question, language="kk", version=1, by=unit.drafter, at=NOW)
    client.force_login(unit.member)
    assert "finish-translation" in offered(page(client, question))
    typed = {"language": "kk", "text": KK, "base": "1"}
    assert client.post(address(question, "finish-translation/"), typed).status_code == 303
    assert {row.language: row.status for row in DraftVersion.objects.last().texts.all()} == {
        "kk": "translated",
        "ru": "original",
    }


def test_who_clears_reads_which_translation_waits(client: Client, question: Question, unit: Unit) -> None:
    saved(question, unit.drafter)
    actions.submit_to_clearance(question, version=1, by=unit.drafter, at=NOW)
    client.force_login(unit.clearer)
    assert "Translation not confirmed yet: Қазақша." in page(client, question)
    refused = client.post(address(question, "clear/"), {"version": "1"})
    assert (refused.status_code, "Not confirmed: Қазақша." in refused.content.decode()) == (409, True)
    checked(question, unit)
    assert "data-unchecked" not in page(client, question)


def test_what_an_answer_must_have_is_not_called_optional(
    client: Client, question: Question, unit: Unit
) -> None:
    client.force_login(unit.drafter)
    labels = re.findall(r"In (Kazakh|Russian|English) (<span class=\"optional\">)?", page(client, question))
    assert [(name, bool(optional)) for name, optional in labels] == [
        ("Kazakh", False),
        ("Russian", False),
        ("English", True),
    ]


def test_who_extends_reads_in_what_the_term_is_counted(
    client: Client, guest: Participant, unit: Unit
) -> None:
    load_deadline_policies(by=None, at=NOON)
    seed_working_calendar(first_year=2020, last_year=2027, by=None, at=NOON)
    question = a_question("assigned", guest, unit.body)
    client.force_login(unit.head)
    assert "Of what the policy counts; it gives 30 calendar days at most." in page(client, question)
    assert re.search(r'name="count" value="1"', page(client, question)) is not None


def test_a_unit_that_refused_is_not_told_that_another_has_the_question(
    client: Client, question: Question, unit: Unit
) -> None:
    actions.refuse(question, ground="off_topic", by=unit.head, at=NOW, reason="Another body's matter.")
    client.force_login(unit.head)
    assert "Your unit has this question no more" not in page(client, question)


def test_signing_without_a_mark_says_so_and_keeps_the_role(
    client: Client, question: Question, unit: Unit
) -> None:
    ready(question, unit)
    client.force_login(unit.signer)
    assert 'value="Signer, Directorate"' in page(client, question)
    typed = {"signed_as": "Director, Directorate", "version": "1"}
    response = client.post(address(question, "sign/"), typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert ["It cannot be signed before." in html, 'value="Director, Directorate"' in html] == [True, True]
    assert Answer.objects.count() == 0


def test_a_signed_answer_is_on_the_public_page(client: Client, question: Question, unit: Unit) -> None:
    ready(question, unit)
    client.force_login(unit.signer)
    typed = {"signed_as": "Director, Directorate", "version": "1", "promise": "none"}
    assert client.post(address(question, "sign/"), typed).status_code == 303
    shown = client.get(f"/ru/questions/{question.code}/").content.decode()
    assert [KK in shown, RU in shown, "Director, Directorate" in shown] == [True, True, True]


def test_comments_of_the_unit_are_on_no_public_page(client: Client, question: Question, unit: Unit) -> None:
    ready(question, unit)
    Comment.objects.create(
        assignment=question.assignments.get(), text="Unmistakable remark", by=unit.head, at=NOW
    )
    client.force_login(unit.member)
    assert "Unmistakable remark" in page(client, question)
    signed(question, unit)
    assert "Unmistakable" not in client.get(f"/en/questions/{question.code}/").content.decode()


def test_a_unit_that_has_the_question_no_more_reads_only_its_own_work(
    client: Client, question: Question, unit: Unit
) -> None:
    saved(question, unit.drafter)
    other = a_unit("Department")
    assign_question(question, organisation=other.body, by=None, at=NOW)
    saved(question, other.drafter, ru="Текст другого отдела.")
    client.force_login(unit.drafter)
    html = page(client, question)
    assert [RU in html, "Текст другого отдела." in html, offered(html)] == [True, False, set()]


def test_the_story_tells_of_the_acceptance(client: Client, question: Question, unit: Unit) -> None:
    client.force_login(unit.drafter)
    assert "Accepted by the unit" not in page(client, question)
    actions.accept(question, by=unit.drafter, at=NOW)
    assert "Accepted by the unit" in page(client, question)


def test_a_template_fills_the_fields_of_the_editor(client: Client, question: Question, unit: Unit) -> None:
    template = AnswerTemplate(organisation=unit.body, name="Opening", text_kk="{code}", text_ru="О {code}.")
    actions.save_template(template, by=None, at=NOW)
    client.force_login(unit.drafter)
    assert f"О {question.code}." in page(client, question, f"?template={template.public_id}")


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_queries_with_one_and_three_of_each(
    number: int,
    client: Client,
    guest: Participant,
    question: Question,
    unit: Unit,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for base in range(number):
        saved(question, unit.drafter, base=base, ru=f"Версия {base}.", kk=KK)
        actions.add_comment(question, text="Seen.", by=unit.head, at=NOW)
        a_question("assigned", guest, unit.body)
    client.force_login(unit.drafter)
    with django_assert_num_queries(27):
        client.get(address(question))


def test_the_public_page_shows_the_commitment_and_the_file_of_the_signature(
    client: Client, question: Question, unit: Unit, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    ready(question, unit)
    client.force_login(unit.signer)
    content = bytes.fromhex("3082010006092a864886f70d010702") + b"\x00" * 64
    typed = {
        "signed_as": "Director, Directorate",
        "version": "1",
        "promise": "made",
        "what_kk": "Орталықты ашу.",
        "what_ru": "Открыть центр.",
        "executor": "Directorate",
        "due_on": "2021-05-03",
        "file": SimpleUploadedFile("answer.p7s", content),
    }
    assert client.post(address(question, "sign/"), typed).status_code == 303
    shown = client.get(f"/ru/questions/{question.code}/").content.decode()
    words = ["Открыть центр.", "answer.p7s", sha256(content).hexdigest()]
    assert [word for word in words if word not in shown] == []
