"""The moderator's desk: one page, and every act a resource of its own."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kenes.accounts.models import User
from kenes.core.errors import Forbidden, KenesError
from kenes.programme import actions as programme
from kenes.programme.models import Meeting
from kenes.programme.plans import RoomPolicy
from kenes.questions import actions as questions
from kenes.questions.access import question_in_meeting
from kenes.questions.models import Question
from kenes.questions.states import Verb
from kenes.rooms import actions
from kenes.rooms.access import (
    agenda_item_at_desk,
    announcement_at_desk,
    meeting_to_moderate,
    question_at_desk,
    version_of,
)
from kenes.rooms.desk import DESK_VERBS, FORMS, desk_page
from kenes.rooms.errors import LooseEnds
from kenes.rooms.forms import (
    AnnouncementForm,
    AnswerForm,
    EmptyForm,
    EnterForm,
    MergeForm,
    PolicyForm,
    role_and_body,
)
from kenes.rooms.queries import QUEUES
from kenes.rooms.views.answers import SeeOther

Act = Callable[[Form], str]


@require_safe
@never_cache
def desk(request: HttpRequest, code: str) -> HttpResponse:
    """The queues of a room, for its moderators."""
    meeting = meeting_to_moderate(request.user, code)
    queue = request.GET.get("queue", "")
    asked_for = request.GET.get("question", "")
    page = desk_page(
        meeting,
        version=version_of(meeting),
        queue=queue if queue in QUEUES else "open",
        number=request.GET.get("page", "1"),
        chosen=question_at_desk(request.user, meeting, asked_for) if asked_for else None,
        at=timezone.now(),
    )
    return render(request, "rooms/desk.html", {"desk": page})


@require_POST
@never_cache
def question_act(request: HttpRequest, code: str, question_code: str, verb: str) -> HttpResponse:
    """Do with a question what the verb says."""
    meeting = meeting_to_moderate(request.user, code)
    question = question_at_desk(request.user, meeting, question_code)
    if verb not in DESK_VERBS:
        raise Forbidden
    chosen = Verb(verb)
    form = _form(request, chosen, meeting)
    return _carry_out(request, meeting, form, lambda form: _do(chosen, question, form, _user(request)))


@require_POST
@never_cache
def enter_question(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a question taken by phone or on paper."""
    meeting = meeting_to_moderate(request.user, code)

    def act(form: Form) -> str:
        said = form.cleaned_data
        heard = actions.Heard(
            channel=said["channel"],
            name=said["name"],
            text=said["text"],
            language=said["language"],
            is_anonymous=said["anonymous"],
            contact=said["contact"],
        )
        entered = actions.enter_heard(meeting, heard, by=_user(request), at=timezone.now())
        return _("Entered under the number %(code)s.") % {"code": entered.code}

    return _carry_out(request, meeting, EnterForm(request.POST), act)


@require_POST
@never_cache
def announce(request: HttpRequest, code: str) -> HttpResponse:
    """Show an announcement to everybody in the room."""
    meeting = meeting_to_moderate(request.user, code)

    def act(form: Form) -> str:
        actions.post_announcement(meeting, text=form.cleaned_data, by=_user(request), at=timezone.now())
        return _("The announcement is shown to everybody.")

    return _carry_out(request, meeting, AnnouncementForm(request.POST), act)


@require_POST
@never_cache
def take_down(request: HttpRequest, code: str, public_id: str) -> HttpResponse:
    """Take an announcement down."""
    meeting = meeting_to_moderate(request.user, code)
    announcement = announcement_at_desk(meeting, public_id)

    def act(form: Form) -> str:
        actions.take_down_announcement(announcement, by=_user(request), at=timezone.now())
        return _("The announcement is taken down.")

    return _carry_out(request, meeting, EmptyForm(request.POST), act)


@require_POST
@never_cache
def move_agenda(request: HttpRequest, code: str, public_id: str, state: str) -> HttpResponse:
    """Say where the meeting is in its agenda."""
    meeting = meeting_to_moderate(request.user, code)
    item = agenda_item_at_desk(meeting, public_id)

    def act(form: Form) -> str:
        programme.move_agenda_item(item, state=state, by=_user(request), at=timezone.now())
        return _("The agenda is moved.")

    return _carry_out(request, meeting, EmptyForm(request.POST), act)


@require_POST
@never_cache
def change_policy(request: HttpRequest, code: str) -> HttpResponse:
    """Change what becomes of questions, and who may ask and vote."""
    meeting = meeting_to_moderate(request.user, code)

    def act(form: Form) -> str:
        said = form.cleaned_data
        policy = RoomPolicy(publishing=said["publishing"], who_may_ask=said["ask"], who_may_vote=said["vote"])
        programme.change_room_policy(meeting, policy=policy, by=_user(request), at=timezone.now())
        return _("The room's rules are changed.")

    return _carry_out(request, meeting, PolicyForm(request.POST), act)


@require_POST
@never_cache
def open_room(request: HttpRequest, code: str) -> HttpResponse:
    """Open the room."""
    meeting = meeting_to_moderate(request.user, code)

    def act(form: Form) -> str:
        programme.open_meeting(meeting, by=_user(request), at=timezone.now())
        return _("The room is open.")

    return _carry_out(request, meeting, EmptyForm(request.POST), act)


@require_POST
@never_cache
def close_room(request: HttpRequest, code: str) -> HttpResponse:
    """Close the meeting, or show what stands in its way."""
    meeting = meeting_to_moderate(request.user, code)

    def act(form: Form) -> str:
        actions.close_meeting(meeting, by=_user(request), at=timezone.now())
        return _("The meeting is closed.")

    return _carry_out(request, meeting, EmptyForm(request.POST), act)


def _do(verb: Verb, question: Question, form: Form, by: User | None) -> str:
    said = {name: value for name, value in form.cleaned_data.items() if value is not None}
    if isinstance(form, AnswerForm):
        said = {"spoken": _spoken(form)}
    if isinstance(form, MergeForm):
        said["into"] = question_in_meeting(question.meeting, form.cleaned_data["into"])
    doing: Callable[..., object] = DOINGS[verb]
    doing(question, by=by, at=timezone.now(), **said)
    return _("Done: %(code)s.") % {"code": question.code}


DOINGS: Mapping[Verb, Callable[..., object]] = {
    Verb.PUBLISH: questions.publish_question,
    Verb.HOLD: questions.hold_question,
    Verb.REFUSE: questions.refuse_question,
    Verb.OVERRULE: questions.overrule_refusal,
    Verb.EDIT: questions.edit_question,
    Verb.STAGE: questions.stage_question,
    Verb.UNSTAGE: questions.unstage_question,
    Verb.ANSWER_ALOUD: questions.answer_aloud,
    Verb.RETRACT_ANSWER: questions.retract_answer,
    Verb.ASSIGN: questions.assign_question,
    Verb.CHANGE_DUE_DATE: questions.change_question_due_date,
    Verb.EXTEND: questions.extend_due_date,
    Verb.PAUSE: questions.pause_due_date,
    Verb.RESUME: questions.resume_due_date,
    Verb.PASS_PART: questions.pass_part_on,
    Verb.TELL_ASKER: questions.note_asker_told,
    Verb.MERGE: questions.merge_question,
    Verb.UNMERGE: questions.unmerge_question,
    Verb.PASS_ON: questions.pass_on_question,
}


def _spoken(form: AnswerForm) -> questions.SpokenAnswer:
    said, chosen = form.cleaned_data, form.chosen
    return questions.SpokenAnswer(
        answered_by=said["answered_by"] or (role_and_body(chosen) if chosen else ""),
        summary=said["summary"],
        language=said["language"],
        second=said["second"],
        organisation=chosen.organisation if chosen and not said["answered_by"] else None,
        leave_reason=said["leave_reason"],
    )


def _form(request: HttpRequest, verb: Verb, meeting: Meeting) -> Form:
    kind = FORMS.get(verb, EmptyForm)
    auto_id = f"{verb}_%s"
    if kind is AnswerForm:
        return AnswerForm(request.POST, meeting=meeting, auto_id=auto_id)
    return kind(request.POST, auto_id=auto_id)


def _user(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


def _carry_out(request: HttpRequest, meeting: Meeting, form: Form, act: Act) -> HttpResponse:
    """Run the act: 303 back to the desk, or the form again with what is wrong and all that was typed."""
    loose: list[tuple[str, str]] = []
    if not form.is_valid():
        return _refused(request, meeting, form, status=422, loose=loose)
    try:
        said = act(form)
    except KenesError as error:
        form.add_error(None, str(error))
        if isinstance(error, LooseEnds):
            loose = [(code, _select(meeting, code)) for code in error.codes]
        return _refused(request, meeting, form, status=error.status, loose=loose)
    back = _back(request, meeting)
    if _is_fetch(request):
        return JsonResponse({"said": said, "to": back})
    messages.success(request, said)
    return SeeOther(back)


def _refused(
    request: HttpRequest, meeting: Meeting, form: Form, *, status: int, loose: list[tuple[str, str]]
) -> HttpResponse:
    if _is_fetch(request):
        fields = {name: [str(error) for error in errors] for name, errors in form.errors.items()}
        said = " ".join(_in_words(form, name, errors) for name, errors in fields.items())
        return JsonResponse({"said": said, "fields": fields, "loose": loose}, status=status)
    context = {
        "form": form,
        "code": meeting.code,
        "back": _back(request, meeting),
        "action": request.path,
        "loose": loose,
    }
    return render(request, "rooms/desk_form.html", context, status=status)


def _in_words(form: Form, name: str, errors: list[str]) -> str:
    words = " ".join(errors)
    return f"{form.fields[name].label}: {words}" if name in form.fields else words


def _select(meeting: Meeting, code: str) -> str:
    return f"{reverse('rooms:desk', args=[meeting.code])}?question={code}"


def _back(request: HttpRequest, meeting: Meeting) -> str:
    wanted = request.POST.get("back", "")
    desk_address = reverse("rooms:desk", args=[meeting.code])
    is_desk = wanted.startswith(desk_address) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_desk else desk_address


def _is_fetch(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"
