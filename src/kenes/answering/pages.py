"""The page of one question at the desk of answers, put together for one person of the unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.forms import Form
from django.utils import timezone

from kenes.accounts.models import User
from kenes.answering.access import assignment_shown
from kenes.answering.alike import Alike, alike_in_queue
from kenes.answering.editor import Editor, editor_of
from kenes.answering.forms import FORMS, EmptyForm, ExtendForm, SignForm
from kenes.answering.models import AnswerTemplate, Comment, DraftVersion
from kenes.answering.queries import (
    chain_of,
    comments_of,
    latest_version,
    place_of,
    signing_membership,
    templates_of,
    terms_with_calendars,
    versions_of,
)
from kenes.answering.rows import DaysLeft, OwedNotice, owed_notice
from kenes.answering.rules import ChainLink, Place, may_do, next_link
from kenes.answering.states import WorkVerb
from kenes.answering.story import Step, story_of
from kenes.answering.words import days_in_words, extension_in_words, tone_of
from kenes.core.languages import LocalizedText, localized
from kenes.deadlines.models import Term
from kenes.questions.models import Assignment, Part, Question
from kenes.questions.states import UNDER_WORK, Channel, QuestionState


@dataclass(frozen=True, slots=True)
class Refused:
    """A form that was refused, shown again with all that was typed; `latest` where versions collided."""

    verb: WorkVerb
    form: Form
    latest: DraftVersion | None = None


@dataclass(frozen=True, slots=True)
class ChainRow:
    """A step of the chain as it is shown."""

    name: str
    link: ChainLink
    is_next: bool
    is_mine: bool


class Offered:
    """Forms of what the person may do now, by verb.

    No mapping: a template that asks one for `clear` and finds none calls its method.
    """

    __slots__ = ("_forms",)

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self._forms = forms

    def __getitem__(self, verb: str) -> Form:
        return self._forms[verb]


@dataclass(frozen=True, slots=True)
class WorkPage:
    """All that the template of a question at work shows.

    Under `keep` the browser keeps what this person typed and the server has not confirmed.
    """

    question: Question
    assignment: Assignment
    is_running: bool
    title: LocalizedText
    unit: LocalizedText
    state_label: str
    channel: str
    asker: str
    due_on: date | None
    days: int | None
    is_paused: bool
    notice: OwedNotice | None
    parts: Sequence[Part]
    editor: Editor
    chain: Sequence[ChainRow]
    comments: Sequence[Comment]
    steps: Sequence[Step]
    forms: Offered
    alike: Sequence[Alike] = ()
    templates: Sequence[AnswerTemplate] = ()
    keep: str = ""
    refused: Refused | None = None
    versions: Sequence[DraftVersion] = field(default=())

    @property
    def days_words(self) -> str:
        """How long is left, in words."""
        return days_in_words(self.days)

    @property
    def tone(self) -> str:
        """How urgent it is."""
        return tone_of(self.days)

    @property
    def went_elsewhere(self) -> bool:
        """Whether another unit owes the answer now."""
        return not self.is_running and self.question.state in UNDER_WORK

    @property
    def zone(self) -> str:
        """The zone in which times are shown: the meeting's."""
        return self.question.meeting.zone


def work_page(
    question: Question,
    *,
    user: User,
    at: datetime,
    refused: Refused | None = None,
    template: AnswerTemplate | None = None,
) -> WorkPage | None:
    """Return the page for a person of the unit; None where no unit of theirs has or had it."""
    today = timezone.localdate(at)
    assignment = assignment_shown(user, question, on=today)
    if assignment is None:
        return None
    unit = assignment.organisation
    is_running = assignment.ended_at is None
    place = place_of(user, unit, today) if is_running else Place(user.pk)
    latest = latest_version(assignment)
    chain = chain_of(unit, latest)
    term = terms_with_calendars([question]).get(question.code)
    notice = owed_notice(question, today=today)
    forms = _forms(question, place, chain, latest, signer=user, today=today, unit_assignment=assignment)
    _leave_out_unfit(forms, term, notice)
    return WorkPage(
        question=question,
        assignment=assignment,
        is_running=is_running,
        title=localized(question.meeting, "title"),
        unit=localized(unit, "name"),
        state_label=str(QuestionState(question.state).label),
        channel=str(Channel(question.channel).label),
        asker="" if question.is_anonymous else question.asker_name,
        due_on=term.due_on if term else None,
        days=DaysLeft(today).of(term),
        is_paused=term is not None and term.paused_since is not None,
        notice=notice,
        parts=list(question.parts.select_related("organisation")),
        editor=editor_of(question, latest, forms, refused=refused, template=template, unit=unit),
        chain=_chain_rows(chain, place),
        comments=list(comments_of(assignment)),
        steps=story_of(question, assignment),
        forms=Offered({**forms, **({refused.verb.value: refused.form} if refused else {})}),
        alike=alike_in_queue(question, unit) if is_running else (),
        templates=list(templates_of(unit)) if WorkVerb.SAVE.value in forms else (),
        keep=f"{user.public_id}-{question.code}",
        refused=refused,
        versions=list(versions_of(assignment))[1:],
    )


def _forms(  # noqa: PLR0913 (all that a form may depend on)
    question: Question,
    place: Place,
    chain: Sequence[ChainLink],
    latest: DraftVersion | None,
    *,
    signer: User,
    today: date,
    unit_assignment: Assignment,
) -> dict[str, Form]:
    """Return a form for each verb that the person may do now."""
    forms: dict[str, Form] = {}
    for verb in WorkVerb:
        if not may_do(verb, place, state=question.state):
            continue
        if _is_pointless(verb, unit_assignment, latest, chain, place):
            continue
        kind = FORMS.get(verb, EmptyForm)
        initial: dict[str, object] = {"version": latest.number if latest else 0}
        if kind is ExtendForm:
            forms[verb.value] = ExtendForm(allowed=extension_in_words(question), auto_id=f"{verb}_%s")
            continue
        if kind is SignForm:
            initial["signed_as"] = _signed_as(signer, unit_assignment, today)
        forms[verb.value] = kind(initial=initial, auto_id=f"{verb}_%s")
    return forms


def _leave_out_unfit(forms: dict[str, Form], term: Term | None, notice: OwedNotice | None) -> None:
    """Leave out what the term as it stands makes pointless."""
    unfit = {WorkVerb.RESUME if term is None or term.paused_since is None else WorkVerb.PAUSE}
    if notice is None:
        unfit |= {WorkVerb.TELL_ASKER}
    for verb in unfit:
        forms.pop(verb.value, None)


_NEED_A_DRAFT = frozenset({WorkVerb.SUBMIT, WorkVerb.CLEAR, WorkVerb.SIGN, WorkVerb.CHECK_TRANSLATION})


def _is_pointless(
    verb: WorkVerb,
    assignment: Assignment,
    latest: DraftVersion | None,
    chain: Sequence[ChainLink],
    place: Place,
) -> bool:
    if verb in {WorkVerb.ACCEPT, WorkVerb.DECLINE} and assignment.accepted_at is not None:
        return True
    if verb is WorkVerb.DECLINE:
        return assignment.organisation_id == assignment.question.meeting.host_id
    if verb is WorkVerb.CLEAR:
        link = next_link(chain)
        return latest is None or link is None or not link.is_open_to(place)
    return verb in _NEED_A_DRAFT and latest is None


def _signed_as(signer: User, assignment: Assignment, today: date) -> str:
    membership = signing_membership(signer, assignment.organisation, today)
    body = localized(assignment.organisation, "name").text
    return ", ".join(filter(None, [membership.position if membership else "", body]))


def _chain_rows(chain: Sequence[ChainLink], place: Place) -> list[ChainRow]:
    coming = next_link(chain)
    return [
        ChainRow(
            name=str(localized(link.step, "name")) if link.step else "",
            link=link,
            is_next=link is coming,
            is_mine=link.is_open_to(place),
        )
        for link in chain
    ]
