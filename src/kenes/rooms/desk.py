"""The moderator's desk, put into words: the queues, one chosen question with its acts, the room's acts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page, Paginator
from django.forms import Form
from django.urls import reverse
from django.utils.translation import gettext as _

from kenes.answering.forms import PartForm, ToldForm
from kenes.answering.words import extension_in_words
from kenes.core.languages import localized
from kenes.deadlines.queries import notices_owed_by, open_term_of
from kenes.live.contracts import Stream
from kenes.organisations.queries import organisation_paths
from kenes.programme.models import AgendaItem, Meeting
from kenes.programme.queries import agenda_of
from kenes.programme.states import AGENDA_MOVES, AgendaState, MeetingState
from kenes.questions.models import Question
from kenes.questions.queries import proposed_due_on
from kenes.questions.rows import companions_of, counts_of, listed_row
from kenes.questions.states import ACTS, ASKERS_OWN, UNITS_OWN, Channel, QuestionState, RefusalGround, Verb
from kenes.redaction.forms import seen_of
from kenes.redaction.hits import Hit
from kenes.redaction.pieces import Piece, pieces_of
from kenes.redaction.queries import unreviewed_in
from kenes.redaction.subjects import ReviewedText
from kenes.redaction.words import kinds_in_words
from kenes.rooms.forms import (
    AnnouncementForm,
    AnswerForm,
    AssignForm,
    DueDateForm,
    EditForm,
    EmptyForm,
    EnterForm,
    ExtendForm,
    MergeForm,
    PassOnForm,
    PolicyForm,
    ReasonForm,
    RefuseForm,
)
from kenes.rooms.models import Announcement
from kenes.rooms.pages import Tab
from kenes.rooms.queries import QUEUES, last_assigned_unit, questions_in_queue
from kenes.rooms.rows import QuestionWords, question_in_words
from kenes.rooms.words import room_words

PAGE_SIZE = 50
# What is its asker's or the unit's own is not the desk's.
DESK_VERBS = tuple(verb for verb in Verb if verb not in ASKERS_OWN | UNITS_OWN)
FORMS: Mapping[Verb, type[Form]] = {
    Verb.REFUSE: RefuseForm,
    Verb.OVERRULE: ReasonForm,
    Verb.EDIT: EditForm,
    Verb.ANSWER_ALOUD: AnswerForm,
    Verb.RETRACT_ANSWER: ReasonForm,
    Verb.ASSIGN: AssignForm,
    Verb.CHANGE_DUE_DATE: DueDateForm,
    Verb.EXTEND: ExtendForm,
    Verb.PAUSE: ReasonForm,
    Verb.RESUME: EmptyForm,
    Verb.PASS_PART: PartForm,
    Verb.TELL_ASKER: ToldForm,
    Verb.MERGE: MergeForm,
    Verb.UNMERGE: ReasonForm,
    Verb.PASS_ON: PassOnForm,
}
SHORTCUTS = {
    Verb.PUBLISH: "p",
    Verb.HOLD: "h",
    Verb.STAGE: "s",
    Verb.UNSTAGE: "u",
    Verb.ANSWER_ALOUD: "a",
    Verb.REFUSE: "r",
    Verb.EDIT: "e",
    Verb.ASSIGN: "o",
}


@dataclass(frozen=True, slots=True)
class DeskAct:
    """An act that the question's state allows; `form` is None where a button is enough."""

    verb: str
    label: str
    action: str
    shortcut: str
    form: Form | None = None


@dataclass(frozen=True, slots=True)
class PersonalData:
    """What looks personal in a question's text and waits for a decision: the text with it marked."""

    pieces: Sequence[Piece]
    kinds: str
    seen: str


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A question of the queue as the moderator sees it."""

    question: QuestionWords
    state: str
    state_words: str
    name: str
    is_anonymous: bool
    asker: str
    ground: str
    select: str
    personal: PersonalData | None = None
    receipt: str = ""
    buttons: Sequence[DeskAct] = ()


@dataclass(frozen=True, slots=True)
class ChosenQuestion:
    """The question that is open at the desk, with the forms of its acts and the trace of its edits."""

    row: DeskRow
    acts: Sequence[DeskAct]
    edits: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DeskAgendaItem:
    """A point of the agenda with the state it may be given next."""

    item: AgendaItem
    title: str
    state_words: str
    moves: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class DeskPage:
    """All that the desk's template shows."""

    meeting: Meeting
    code: str
    title: str
    version: int
    state: str
    queue: str
    tabs: Sequence[Tab]
    page: Page[Question]
    rows: Sequence[DeskRow]
    chosen: ChosenQuestion | None
    agenda: Sequence[DeskAgendaItem]
    announcements: Sequence[Announcement]
    enter_form: Form
    announcement_form: Form
    policy_form: Form

    @property
    def pager_query(self) -> str:
        """What stands before `page=` in the pager's links."""
        return f"queue={self.queue}&"


def desk_page(
    meeting: Meeting, *, version: int, queue: str, number: str, chosen: Question | None, at: datetime
) -> DeskPage:
    """Return the desk with one queue and, if asked for, one question's forms."""
    page = Paginator(questions_in_queue(meeting, queue), PAGE_SIZE).get_page(number)
    listed = list(page.object_list)
    address = reverse("rooms:desk", args=[meeting.code])
    rows = desk_rows(meeting, listed, back=f"{address}?queue={queue}")
    return DeskPage(
        meeting=meeting,
        code=meeting.code,
        title=localized(meeting, "title").text,
        version=version,
        state=meeting.state,
        queue=queue,
        tabs=_tabs(meeting, queue, address),
        page=page,
        rows=rows,
        chosen=_chosen(meeting, chosen, at=at, back=f"{address}?queue={queue}"),
        agenda=[_agenda_item(meeting, item) for item in agenda_of(meeting)],
        announcements=list(Announcement.objects.filter(meeting=meeting, taken_down_at=None)),
        enter_form=EnterForm(auto_id="enter_%s"),
        announcement_form=AnnouncementForm(auto_id="announce_%s"),
        policy_form=PolicyForm(initial=_policy(meeting), auto_id="policy_%s"),
    )


def verbs_for(question: Question, meeting: Meeting) -> list[Verb]:
    """Return what the desk may do with the question as it stands."""
    is_closed = meeting.state == MeetingState.CLOSED
    state = QuestionState(question.state)
    return [
        verb for verb in DESK_VERBS if state in ACTS[verb].origins and (ACTS[verb].is_late or not is_closed)
    ]


def fitting_verbs(question: Question, meeting: Meeting) -> list[Verb]:
    """Return what the desk may do with one question, without what its term as it stands makes pointless."""
    term = open_term_of(object_kind="question", object_id=question.code)
    unfit = {Verb.RESUME if term is None or term.paused_since is None else Verb.PAUSE}
    if not notices_owed_by(object_kind="question", object_ids=[question.code]):
        unfit |= {Verb.TELL_ASKER}
    return [verb for verb in verbs_for(question, meeting) if verb not in unfit]


def form_for(verb: Verb, question: Question, meeting: Meeting, *, at: datetime) -> Form:
    """Return the verb's empty form, with what is known filled in."""
    prefix = f"{verb}_%s"
    if verb is Verb.ANSWER_ALOUD:
        second = max(0, int((at - meeting.starts_at).total_seconds()))
        is_running = meeting.starts_at <= at <= meeting.ends_at
        return AnswerForm(meeting=meeting, initial={"second": second if is_running else None}, auto_id=prefix)
    if verb is Verb.EDIT:
        return EditForm(initial={"text": question.text}, auto_id=prefix)
    if verb is Verb.ASSIGN:
        return AssignForm(initial=_proposal(question, meeting, at=at), auto_id=prefix)
    if verb is Verb.EXTEND:
        return ExtendForm(allowed=extension_in_words(question), auto_id=prefix)
    return FORMS.get(verb, EmptyForm)(auto_id=prefix)


def _proposal(question: Question, meeting: Meeting, *, at: datetime) -> dict[str, object]:
    """Return the unit that was given this meeting's last question, else its host, and the clock's date."""
    last = last_assigned_unit(meeting) or meeting.host
    path = organisation_paths([last])[last.pk]
    return {"organisation": path, "due_on": proposed_due_on(question, meeting, at=at)}


def desk_rows(meeting: Meeting, questions: Sequence[Question], *, back: str) -> list[DeskRow]:
    """Return the questions as rows of the queue, with the acts that need no form."""
    words = room_words(meeting.zone)
    beside = companions_of(questions, using="default", with_reasons=True)
    personal = unreviewed_in("question", {question.code: question.text for question in questions})
    rows = []
    for question in questions:
        row = listed_row(question, beside, stream=Stream.DESK)
        verbs = [verb for verb in verbs_for(question, meeting) if verb not in FORMS]
        rows.append(
            DeskRow(
                question=question_in_words(row, words),
                state=row["state"],
                state_words=str(QuestionState(row["state"]).label),
                name=row["name"],
                is_anonymous=row["anonymous"],
                asker=_asker(question, row["asker"]),
                ground=str(RefusalGround(row["refusal"]).label) if row["refusal"] else "",
                select=f"{back}&question={question.code}",
                personal=_personal(question, personal.get(question.code)),
                receipt=_receipt(question),
                buttons=[_act(meeting, question, verb) for verb in verbs],
            )
        )
    return rows


def _receipt(question: Question) -> str:
    """Return the address of the receipt that the operator who entered a question prints for its asker."""
    is_entered = question.channel in {Channel.PHONE, Channel.PAPER}
    return reverse("questions:receipt", args=[question.code]) if is_entered else ""


def _personal(question: Question, hits: Sequence[Hit] | None) -> PersonalData | None:
    if not hits:
        return None
    kinds = kinds_in_words({hit.kind for hit in hits})
    seen = seen_of(ReviewedText("text", question.text, question.language, ""))
    return PersonalData(pieces_of(question.text, hits), kinds, seen)


def _asker(question: Question, kind: str) -> str:
    words = {"guest": _("guest"), "confirmed": _("signed in")}
    return words.get(kind) or str(Channel(question.channel).label)


def _act(meeting: Meeting, question: Question, verb: Verb, form: Form | None = None) -> DeskAct:
    return DeskAct(
        verb=verb.value,
        label=str(verb.label),
        action=reverse("rooms:desk-act", args=[meeting.code, question.code, verb.value]),
        shortcut=SHORTCUTS.get(verb, ""),
        form=form,
    )


def _chosen(meeting: Meeting, question: Question | None, *, at: datetime, back: str) -> ChosenQuestion | None:
    if question is None:
        return None
    acts = [
        _act(meeting, question, verb, form_for(verb, question, meeting, at=at) if verb in FORMS else None)
        for verb in fitting_verbs(question, meeting)
    ]
    edits = [(edit.old_text, edit.reason) for edit in question.edits.all()]
    return ChosenQuestion(desk_rows(meeting, [question], back=back)[0], acts, edits)


def _tabs(meeting: Meeting, queue: str, address: str) -> list[Tab]:
    _version, counts = counts_of(meeting.feed_id, stream=Stream.DESK, using="default")
    labels = {
        "held": _("Waiting"),
        "open": _("Open"),
        "staged": _("On stage"),
        "assigned": _("Assigned"),
        "answered": _("Answered"),
        "refused": _("Off the list"),
    }
    off_the_list = sum(counts[state.value] for state in QUEUES["refused"])
    sums = {key: counts[key] for key in QUEUES} | {"refused": off_the_list}
    return [Tab(label, f"{address}?queue={key}", key == queue, sums[key]) for key, label in labels.items()]


def _agenda_item(meeting: Meeting, item: AgendaItem) -> DeskAgendaItem:
    labels = {
        AgendaState.NOW: _("It begins now"),
        AgendaState.DONE: _("It is done"),
        AgendaState.PLANNED: _("Not yet"),
    }
    moves = [
        (reverse("rooms:desk-agenda", args=[meeting.code, item.public_id, state.value]), label)
        for state, label in labels.items()
        if meeting.state == MeetingState.OPEN and state in AGENDA_MOVES[item.state]
    ]
    return DeskAgendaItem(item, localized(item, "title").text, str(AgendaState(item.state).label), moves)


def _policy(meeting: Meeting) -> dict[str, str]:
    return {"publishing": meeting.publishing, "ask": meeting.who_may_ask, "vote": meeting.who_may_vote}
