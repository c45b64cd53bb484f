"""Tokens: read back as signed, and not at all after any change to them."""

import base64
from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from kenes.live.contracts import Claim, Room
from kenes.live.cookies import (
    claim_of_request,
    cookie_header,
    cookie_name,
    read_cookies,
    set_claim_cookie,
)
from kenes.live.models import RevokedParticipant
from kenes.live.tokens import LIVES_FOR, DenyList, denied, read_token, revoke_participant, sign_claim

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
CLAIM = Claim(participant_id=41, kind="guest", feed_id=7)
ROOM = Room("AKM-2", 7)


@given(
    who=st.integers(0, 2**63 - 1),
    feed=st.integers(0, 2**63 - 1),
    kind=st.sampled_from(["guest", "confirmed"]),
)
def test_a_token_is_read_as_it_was_signed(who, feed, kind):
    claim = Claim(who, kind, feed)
    assert read_token(sign_claim(claim, at=NOW).text, at=NOW) == claim


@given(st.data())
def test_a_token_changed_anywhere_is_none(data):
    text = sign_claim(CLAIM, at=NOW).text
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(max_codepoint=0x450).filter(lambda letter: letter != text[place]))
    assert read_token(text[:place] + other + text[place + 1 :], at=NOW) is None


@given(st.text(max_size=200))
def test_what_is_no_token_is_none(text):
    assert read_token(text, at=NOW) is None


def test_a_claim_sealed_with_another_claims_seal_is_none():
    first, second = (sign_claim(Claim(who, "guest", 7), at=NOW).text for who in (1, 2))
    assert read_token(f"{first.partition('.')[0]}.{second.partition('.')[2]}", at=NOW) is None
    assert read_token(f"{first}=", at=NOW) is None
    assert read_token(f"{first}.x", at=NOW) is None


def test_a_token_ends(settings):
    token = sign_claim(CLAIM, at=NOW)
    assert token.expires_at == NOW + LIVES_FOR
    assert read_token(token.text, at=NOW + LIVES_FOR - timedelta(seconds=1)) == CLAIM
    assert read_token(token.text, at=NOW + LIVES_FOR) is None


def test_a_token_of_another_secret_is_none_unless_it_is_an_older_one_of_ours(settings):
    text = sign_claim(CLAIM, at=NOW).text
    old, settings.SECRET_KEY = settings.SECRET_KEY, "another"
    assert read_token(text, at=NOW) is None
    settings.SECRET_KEY_FALLBACKS = [old]
    assert read_token(text, at=NOW) == CLAIM


def test_a_token_tells_nothing_of_a_person():
    raw = base64.urlsafe_b64decode(sign_claim(CLAIM, at=NOW).text.partition(".")[0] + "==")
    assert len(raw) == 25


@pytest.fixture
def _nobody_denied():
    yield
    denied._denied.clear()


@pytest.mark.usefixtures("_nobody_denied")
@pytest.mark.django_db(transaction=True)
def test_a_revoked_participant_has_no_token_any_more_here_and_after_a_restart():
    text = sign_claim(CLAIM, at=NOW).text
    revoke_participant(41, at=NOW)
    revoke_participant(41, at=NOW)
    assert read_token(text, at=NOW) is None
    assert RevokedParticipant.objects.count() == 1
    restarted = DenyList()
    restarted.rebuild()
    assert [restarted.holds(who) for who in (41, 42)] == [True, False]
    revoke_participant(42, at=NOW)
    restarted.refresh()
    assert restarted.holds(42)


def test_the_cookie_of_a_room_is_read_by_pages_as_the_lean_path_writes_it():
    token = sign_claim(CLAIM, at=NOW)
    header = cookie_header(ROOM, token, is_secure=True)
    response = HttpResponse()
    assert set_claim_cookie(response, ROOM, CLAIM, at=NOW) == token
    assert f"{response.cookies[cookie_name('akm-2')].OutputString()}; Secure" == header
    request = HttpRequest()
    request.COOKIES = read_cookies(header)
    assert claim_of_request(request, ROOM, at=NOW) == CLAIM
    assert claim_of_request(request, Room("AKM-2", 8), at=NOW) is None
    assert claim_of_request(request, Room("AKM-3", 7), at=NOW) is None


def test_cookies_that_cannot_be_read_are_left_out():
    assert read_cookies('a=1; ; b="2"; c; a=3; =4') == {"a": "1", "b": "2", "": "4"}
