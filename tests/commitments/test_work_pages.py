"""The pages of those who keep promises: lists, reports with evidence, acceptance, refusals in the form."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from commitments.promises import (
    DUE,
    LATER,
    a_commitment,
    a_keeper,
    an_executor,
    lead_of,
    submitted,
)
from factories import a_body, a_user, grant
from kenes.accounts.models import User
from kenes.commitments import actions
from kenes.commitments.models import Acceptance, Commitment
from kenes.core.folding import fold
from kenes.files.models import Upload
from kenes.organisations.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(settings: Settings, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def promise() -> Commitment:
    return a_commitment()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def act(user: User, promise: Commitment, verb: str, **said: Any) -> Any:
    return signed_in(user).post(f"/en/work/commitments/{promise.code}/{verb}/", said)


def a_said(promise: Commitment, **changes: Any) -> dict[str, Any]:
    said = {"body": lead_of(promise).public_id, "text": "The centre is open", "language": "en"}
    return {**said, **changes}


def shown(user: User, show: str) -> list[str]:
    page = signed_in(user).get(f"/en/work/commitments/?show={show}")
    return [card.commitment.code for card in page.context["cards"]]


def test_an_executor_sees_what_their_body_is_to_keep_the_nearest_first(promise: Commitment) -> None:
    executor = an_executor(promise)
    sooner = a_commitment(promise.meeting, executor=lead_of(promise), due_on=DUE - timedelta(days=1))
    a_commitment(promise.meeting, executor=a_body("Other"))
    done = a_commitment(promise.meeting, executor=lead_of(promise))
    actions.cancel_commitment(done, by=None, at=LATER, reason="Not needed")
    assert (shown(executor, "mine"), shown(executor, "past"), shown(executor, "accept")) == (
        [sooner.code, promise.code],
        [done.code],
        [],
    )


def test_a_keeper_sees_what_waits_for_them(promise: Commitment) -> None:
    keeper = a_keeper(promise)
    other = a_commitment(promise.meeting, executor=lead_of(promise))
    submitted(promise, an_executor(promise))
    assert (shown(keeper, "accept"), shown(keeper, "kept")) == ([promise.code], [promise.code, other.code])


def test_work_is_for_those_who_signed_in(promise: Commitment) -> None:
    for path in ("/en/work/commitments/", f"/en/work/commitments/{promise.code}/"):
        response = Client().get(path)
        assert (response.status_code, "/accounts/login/" in response.headers["Location"]) == (302, True)


@pytest.mark.parametrize("verb", ["report", "submit", "accept", "return", "cancel", "change_due_date", "x"])
def test_a_stranger_finds_nothing(promise: Commitment, verb: str) -> None:
    stranger = a_user("stranger")
    assert signed_in(stranger).get(f"/en/work/commitments/{promise.code}/").status_code == 404
    assert act(stranger, promise, verb, **a_said(promise)).status_code == 404


def test_a_report_with_a_file_and_a_link_is_on_the_public_page(promise: Commitment) -> None:
    executor = an_executor(promise)
    file = SimpleUploadedFile("act.pdf", b"%PDF-1.7 the act of acceptance")
    said = a_said(promise, evidence=[file], link="https://example.org/centre", title="Photographs")
    response = act(executor, promise, "report", **said)
    assert (response.status_code, response.headers["Location"]) == (
        303,
        f"/en/work/commitments/{promise.code}/",
    )
    text = Client().get(f"/en/commitments/{promise.code}/").content.decode()
    upload = Upload.objects.get()
    assert f'<a href="/files/{upload.public_id}/">act.pdf</a>' in text
    assert '<a href="https://example.org/centre" rel="nofollow noopener external">Photographs</a>' in text


def test_several_files_are_several_pieces_of_evidence(promise: Commitment) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"List of rooms") for number in (1, 2, 3)]
    act(an_executor(promise), promise, "submit", **a_said(promise, evidence=files))
    promise.refresh_from_db()
    assert (promise.state, promise.progress.get().evidence.count()) == ("reported", 3)


def test_a_file_of_another_kind_than_it_says_is_refused_in_the_form(promise: Commitment) -> None:
    file = SimpleUploadedFile("act.pdf", b"MZ\x90\x00")
    response = act(an_executor(promise), promise, "report", **a_said(promise, evidence=[file]))
    assert (response.status_code, promise.progress.count()) == (422, 0)
    assert b"Files of this type are not taken" in response.content


def test_a_submission_without_evidence_comes_back_with_what_was_typed(promise: Commitment) -> None:
    response = act(an_executor(promise), promise, "submit", **a_said(promise, text="All of it is done"))
    assert response.status_code == 409
    text = response.content.decode()
    assert "Nothing shows yet that it is done." in text
    assert "All of it is done</textarea>" in text


def test_too_many_files_are_refused(promise: Commitment) -> None:
    files = [SimpleUploadedFile(f"{number}.txt", b"List") for number in range(11)]
    response = act(an_executor(promise), promise, "report", **a_said(promise, evidence=files))
    assert (response.status_code, Upload.objects.count()) == (422, 0)


def test_a_body_that_is_not_ones_own_cannot_be_named(promise: Commitment) -> None:
    stranger = a_body("Stranger")
    response = act(an_executor(promise), promise, "report", **a_said(promise, body=stranger.public_id))
    assert (response.status_code, promise.progress.count()) == (422, 0)


def test_a_head_accepts_as_head_and_a_moderator_as_moderator(promise: Commitment) -> None:
    other = a_commitment(promise.meeting, executor=lead_of(promise))
    executor = an_executor(promise)
    for made, by in (
        (promise, a_keeper(promise)),
        (other, grant(a_user("moderator"), "moderator", promise.keeper)),
    ):
        submitted(made, executor)
        assert act(by, made, "accept", note="Seen").status_code == 303
    assert list(Acceptance.objects.order_by("id").values_list("capacity", flat=True)) == [
        "head",
        "moderator",
    ]


def test_who_submitted_is_told_that_somebody_else_accepts(promise: Commitment) -> None:
    both = grant(an_executor(promise), "moderator")
    submitted(promise, both)
    page = signed_in(both).get(f"/en/work/commitments/{promise.code}/")
    assert b"You reported on it yourself: somebody else accepts it." in page.content
    assert act(both, promise, "accept").status_code == 404


def found_by_name(body: Organisation) -> None:
    Organisation.objects.filter(pk=body.pk).update(folded=fold(str(body.name)))


def test_a_co_executor_is_added_and_everybody_sees_since_when(promise: Commitment) -> None:
    keeper = a_keeper(promise)
    found_by_name(a_body("Youth centre"))
    assert act(keeper, promise, "add_executor", organisation="Nobody").status_code == 422
    assert act(keeper, promise, "add_executor", organisation="Youth centre").status_code == 303
    assert act(keeper, promise, "add_executor", organisation="Youth centre").status_code == 422
    public = signed_in(keeper).get(f"/en/commitments/{promise.code}/").content.decode()
    assert public.count("Takes part in it from now on") == 1


def test_returning_moving_cancelling_and_translating(promise: Commitment) -> None:
    keeper = a_keeper(promise)
    submitted(promise, an_executor(promise))
    answers = [
        act(keeper, promise, "return", reason="Another house is shown"),
        act(keeper, promise, "change_due_date", due_on="2021-09-01", reason=""),
        act(keeper, promise, "change_due_date", due_on="2021-09-01", reason="Floods"),
        act(keeper, promise, "translate", language="en", text="Open a youth centre"),
        act(keeper, promise, "translate", language="ru", text="Открыть два центра"),
        act(keeper, promise, "cancel", reason=" "),
        act(keeper, promise, "cancel", reason="Another programme does it"),
        act(keeper, promise, "cancel", reason="Once more"),
    ]
    promise.refresh_from_db()
    assert [answer.status_code for answer in answers] == [303, 422, 303, 303, 422, 422, 303, 404]
    assert (promise.state, promise.due_on.isoformat(), promise.texts.count()) == (
        "cancelled",
        "2021-09-01",
        3,
    )


def test_acts_are_posted(promise: Commitment) -> None:
    response = signed_in(an_executor(promise)).get(f"/en/work/commitments/{promise.code}/report/")
    assert response.status_code == 405


def test_the_public_page_shows_the_way_to_work_only_to_those_who_may(promise: Commitment) -> None:
    address = f"/en/commitments/{promise.code}/"
    pages = [client.get(address) for client in (Client(), signed_in(an_executor(promise)))]
    assert [b"Work on it" in page.content for page in pages] == [False, True]
