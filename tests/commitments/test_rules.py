"""Every state × role × act of a commitment, the forbidden ones too; texts; where one stands on a day."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.promises import (
    DUE,
    LATER,
    LINK,
    a_commitment,
    a_keeper,
    a_member,
    a_report,
    an_executor,
    brought_to,
    lead_of,
)
from factories import a_body, a_meeting, a_user, grant
from kenes.accounts.models import Membership, User
from kenes.commitments import actions, errors
from kenes.commitments.access import commitment_of, powers_of
from kenes.commitments.codes import commitment_code, parse_commitment_code
from kenes.commitments.models import Commitment
from kenes.commitments.rules import clean_texts, may, standing_on, tidy
from kenes.commitments.states import ACTS, MOVES, CommitmentState, Verb
from kenes.core.errors import ERRORS_BY_TYPE, Conflict
from kenes.organisations.models import Organisation

TODAY = date(2021, 3, 20)
STATES = list(CommitmentState)
EXECUTES = {"submitter", "executor", "head of executor", "co-executor", "administrator in executor"}
KEEPS = {
    "head of keeper",
    "moderator of keeper",
    "moderator of campaign",
    "moderator of all",
    "administrator",
    "administrator in executor",
    "superuser",
}


def allowed(role: str, verb: Verb, state: CommitmentState) -> bool:
    """What the rules are meant to say, written down a second time."""
    table = {
        Verb.REPORT: (EXECUTES, {"open"}),
        Verb.SUBMIT: (EXECUTES, {"open"}),
        Verb.ACCEPT: (KEEPS, {"reported"}),
        Verb.RETURN: (KEEPS, {"reported"}),
        Verb.CHANGE_DUE_DATE: (KEEPS, {"open"}),
        Verb.CANCEL: (KEEPS, {"open", "reported"}),
        Verb.TRANSLATE: (KEEPS, {"open", "reported", "done"}),
        Verb.ADD_EXECUTOR: (KEEPS, {"open"}),
    }
    roles, states = table[verb]
    return role in roles and state.value in states


def host_of(commitment: Commitment) -> Organisation:
    assert commitment.meeting is not None
    return commitment.meeting.session.campaign.host


def co_of(commitment: Commitment) -> Organisation:
    return commitment.executors.get(role="co_executor").organisation


def former(user: User) -> User:
    Membership.objects.filter(user=user).update(until=TODAY - timedelta(days=1))
    return user


def locked_out(user: User) -> User:
    User.objects.filter(pk=user.pk).update(is_active=False)
    return User.objects.get(pk=user.pk)


PEOPLE: dict[str, Callable[[Commitment], User | None]] = {
    "nobody": lambda made: None,
    "participant": lambda made: a_user("p"),
    "submitter": lambda made: an_executor(made, "p"),
    "executor": lambda made: an_executor(made, "p"),
    "head of executor": lambda made: a_member(lead_of(made), "p", kind="head"),
    "co-executor": lambda made: a_member(co_of(made), "p", role="executor"),
    "administrator in executor": lambda made: grant(a_member(lead_of(made), "p"), "administrator"),
    "member of executor": lambda made: a_member(lead_of(made), "p"),
    "executor of another body": lambda made: a_member(a_body("Another"), "p", role="executor"),
    "executor without a body": lambda made: grant(a_user("p"), "executor", lead_of(made)),
    "former executor": lambda made: former(an_executor(made, "p")),
    "head of keeper": lambda made: a_member(made.keeper, "p", kind="head"),
    "member of keeper": lambda made: a_member(made.keeper, "p"),
    "moderator of keeper": lambda made: grant(a_user("p"), "moderator", made.keeper),
    "moderator of campaign": lambda made: grant(a_user("p"), "moderator", host_of(made)),
    "moderator of another body": lambda made: grant(a_user("p"), "moderator", a_body("Another")),
    "moderator of all": lambda made: grant(a_user("p"), "moderator"),
    "administrator": lambda made: grant(a_user("p"), "administrator"),
    "editor": lambda made: grant(a_user("p"), "editor"),
    "superuser": lambda made: a_user("p", is_superuser=True),
    "locked out keeper": lambda made: locked_out(a_member(made.keeper, "p", kind="head")),
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(PEOPLE))
def test_every_state_role_and_act(role: str) -> None:
    campaign_host = a_body("Ministry", "ministry")
    meeting = a_meeting(host=a_body("Committee"))
    session = meeting.session
    session.campaign.host = campaign_host
    session.campaign.save()
    found: dict[tuple[str, str], bool] = {}
    wanted: dict[tuple[str, str], bool] = {}
    person: User | None = None
    bodies = {"executor": a_body("Directorate"), "co_executors": (a_body("Youth centre"),)}
    for state in STATES:
        promise = a_commitment(meeting, **bodies)
        person = person if person is not None else PEOPLE[role](promise)
        other = a_member(lead_of(promise), f"other-{state}", role="executor")
        submitter = person if role == "submitter" and person is not None else other
        brought_to(state.value, promise, executor=submitter, keeper=a_keeper(promise, f"keeper-{state}"))
        powers = powers_of(person, on=TODAY)
        held = commitment_of(promise.code, person)
        for verb in Verb:
            found[state.value, verb.value] = may(powers, verb, held)
            wanted[state.value, verb.value] = allowed(role, verb, state)
    assert found == wanted


@pytest.mark.django_db
def test_one_who_executes_and_keeps_cannot_accept_what_they_submitted() -> None:
    promise = a_commitment()
    both = grant(an_executor(promise), "moderator")
    actions.submit_done(promise, report=a_report(promise, LINK), by=both, at=LATER)
    held = commitment_of(promise.code, both)
    powers = powers_of(both, on=TODAY)
    assert [may(powers, verb, held) for verb in (Verb.ACCEPT, Verb.RETURN, Verb.CANCEL)] == [
        False,
        False,
        True,
    ]


@pytest.mark.django_db
def test_who_reported_on_it_does_not_accept_what_a_colleague_submitted() -> None:
    promise = a_commitment()
    both, colleague = grant(an_executor(promise), "moderator"), an_executor(promise, "colleague")
    actions.report_progress(promise, report=a_report(promise, LINK), by=both, at=LATER)
    actions.submit_done(promise, report=a_report(promise), by=colleague, at=LATER)
    held = commitment_of(promise.code, both)
    powers = powers_of(both, on=TODAY)
    assert [may(powers, verb, held) for verb in (Verb.ACCEPT, Verb.RETURN)] == [False, True]
    with pytest.raises(errors.SecondPersonNeeded):
        actions.accept_done(promise, by=both, at=LATER)


def do(verb: Verb, promise: Commitment, *, executor: User, keeper: User) -> None:
    """Do the verb whatever the state is."""
    match verb:
        case Verb.REPORT:
            actions.report_progress(promise, report=a_report(promise, LINK), by=executor, at=LATER)
        case Verb.SUBMIT:
            actions.submit_done(promise, report=a_report(promise, LINK), by=executor, at=LATER)
        case Verb.ACCEPT:
            actions.accept_done(promise, by=keeper, at=LATER)
        case Verb.RETURN:
            actions.return_done(promise, by=keeper, at=LATER, reason="Not yet")
        case Verb.CHANGE_DUE_DATE:
            actions.change_commitment_due_date(
                promise, due_on=date(2021, 7, 1), by=keeper, at=LATER, reason="Floods"
            )
        case Verb.CANCEL:
            actions.cancel_commitment(promise, by=keeper, at=LATER, reason="Not needed")
        case _:
            add(verb, promise, keeper=keeper)


def add(verb: Verb, promise: Commitment, *, keeper: User) -> None:
    """Do a verb that adds something to the promise."""
    if verb is Verb.TRANSLATE:
        actions.translate_commitment(promise, language="en", text="Open a centre", by=keeper, at=LATER)
    else:
        actions.add_co_executor(promise, organisation=a_body("Youth centre"), by=keeper, at=LATER)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "verb"), list(product(STATES, Verb)))
def test_an_act_leads_where_the_table_says_or_is_refused(state: CommitmentState, verb: Verb) -> None:
    promise = a_commitment()
    executor, keeper = an_executor(promise), a_keeper(promise)
    brought_to(state.value, promise, executor=executor, keeper=keeper)
    rule = ACTS[verb]
    if state not in rule.origins:
        with pytest.raises(Conflict):
            do(verb, promise, executor=executor, keeper=keeper)
        assert promise.state == state
    else:
        do(verb, promise, executor=executor, keeper=keeper)
        assert promise.state == (rule.goal or state)


def test_every_acts_goal_is_a_move_of_the_table() -> None:
    made = {(origin, rule.goal) for rule in ACTS.values() for origin in rule.origins if rule.goal}
    assert made == {(old, new) for old, goals in MOVES.items() for new in goals}


@pytest.mark.parametrize(
    ("state", "reported_on", "day", "standing"),
    [
        ("open", None, DUE, "open"),
        ("open", None, DUE + timedelta(days=1), "late"),
        ("reported", DUE, DUE + timedelta(days=9), "open"),
        ("reported", DUE + timedelta(days=1), DUE + timedelta(days=9), "late"),
        ("done", DUE, DUE + timedelta(days=9), "kept"),
        ("done", DUE + timedelta(days=1), DUE + timedelta(days=9), "kept_late"),
        ("cancelled", None, DUE + timedelta(days=9), "cancelled"),
    ],
)
def test_where_a_commitment_stands(state: str, reported_on: date | None, day: date, standing: str) -> None:
    assert standing_on(Commitment(state=state, due_on=DUE, reported_on=reported_on), day) == standing


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("C-AKM-0012", "C-AKM-0012"),
        (" c akm 12 ", "C-AKM-0012"),
        ("С-АКМ-0012", "C-AKM-0012"),
        ("cakm12", "C-AKM-0012"),
        ("C-KZ-12345", "C-KZ-12345"),
        ("AKM-2-0147", None),
        ("C-AKM", None),
        ("", None),
    ],
)
def test_a_code_is_known_however_it_is_typed(typed: str, code: str | None) -> None:
    assert parse_commitment_code(typed) == code


@given(st.sampled_from(["AKM", "KZ", "ALA"]), st.integers(1, 10**7))
def test_every_code_is_read_back(letters: str, serial: int) -> None:
    code = commitment_code(letters, serial)
    assert parse_commitment_code(code) == code


@given(st.text(max_size=200))
def test_a_tidied_text_is_tidy(typed: str) -> None:
    assert tidy(tidy(typed)) == tidy(typed)


def test_texts_without_words_are_left_out() -> None:
    assert clean_texts({"ru": "Открыть  центр\r\n", "kk": " "}, "ru") == {"ru": "Открыть центр"}


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["C-AKM-0999", "nonsense", ""])
def test_an_unknown_code_finds_nothing(code: str) -> None:
    with pytest.raises(errors.CommitmentUnknown):
        commitment_of(code, None)


def test_every_error_is_in_the_tree_at_the_top() -> None:
    named = {error.__name__ for error in ERRORS_BY_TYPE.values() if error.__module__ == errors.__name__}
    assert {name for name in named if name not in (errors.__doc__ or "")} == set()
