"""One question at the desk of answers: its page, and every act a resource of its own."""

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from kenes.accounts.models import User
from kenes.answering import actions
from kenes.answering.access import assignment_shown, question_at_work
from kenes.answering.actions import Signature
from kenes.answering.errors import DraftConflict, WentElsewhere, WorkNotOpen
from kenes.answering.forms import FORMS, DraftForm, EmptyForm, SignForm
from kenes.answering.pages import Refused, work_page
from kenes.answering.queries import template_to_use
from kenes.answering.states import WorkVerb
from kenes.answering.views.shared import SeeOther, person
from kenes.core.errors import KenesError
from kenes.files.actions import keep_upload
from kenes.questions.models import Question

# An act on a question as the checked form says it, and what is told when it is done.
Doing = Callable[[Question, Form, User], str]


@require_safe
@never_cache
@login_required
def question(request: HttpRequest, code: str) -> HttpResponse:
    """The question with its draft, for the people of the unit that owes the answer."""
    found = question_at_work(request.user, code, on=timezone.localdate())
    return _page(request, found, refused=None, status=200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def act(request: HttpRequest, code: str, verb: WorkVerb) -> HttpResponse:
    """Do with the question what the verb says: 303 back, or the page again with all that was typed.

    A GET does nothing: it comes from a refused form's page read in another language. It leads back.
    """
    found = question_at_work(request.user, code, on=timezone.localdate())
    if request.method != "POST":
        return _go_on(request, found)
    form = FORMS.get(verb, EmptyForm)(request.POST, request.FILES or None, auto_id=f"{verb}_%s")
    if not form.is_valid():
        return _page(request, found, refused=Refused(verb, form), status=422)
    try:
        said = DOINGS[verb](found, form, person(request))
    except WorkNotOpen:
        if not _went_elsewhere(request, found):
            raise
        return _refused(request, found, verb, form, WentElsewhere())
    except KenesError as error:
        return _refused(request, found, verb, form, error)
    messages.success(request, said)
    return _go_on(request, found)


def _refused(
    request: HttpRequest, found: Question, verb: WorkVerb, form: Form, error: KenesError
) -> HttpResponse:
    form.add_error(None, str(error))
    latest = error.latest if isinstance(error, DraftConflict) else None
    if latest is not None:
        _write_over(form, latest.number)  # both texts are in view now: the next save is meant
    return _page(request, found, refused=Refused(verb, form, latest), status=error.status)


def _went_elsewhere(request: HttpRequest, found: Question) -> bool:
    """Say whether the unit lost the question, perhaps while this person wrote."""
    held = assignment_shown(request.user, found, on=timezone.localdate())
    return held is not None and held.ended_at is not None


def _page(request: HttpRequest, found: Question, *, refused: Refused | None, status: int) -> HttpResponse:
    today = timezone.localdate()
    template = template_to_use(request.GET.get("template", ""), request.user, found, on=today)
    page = work_page(found, user=person(request), at=timezone.now(), refused=refused, template=template)
    if page is None:
        raise WorkNotOpen
    return render(request, "answering/question.html", {"page": page, "section": "work"}, status=status)


def _go_on(request: HttpRequest, found: Question) -> HttpResponse:
    """Go back to the question while it is still theirs to see, else to the queue."""
    try:
        question_at_work(request.user, found.code, on=timezone.localdate())
    except WorkNotOpen:
        return SeeOther(reverse("answering:queue"))
    return SeeOther(reverse("answering:question", args=[found.code]))


def _accept(found: Question, form: Form, by: User) -> str:
    actions.accept(found, by=by, at=timezone.now())
    return _("Accepted: the answer is yours to write.")


def _decline(found: Question, form: Form, by: User) -> str:
    actions.decline(found, by=by, at=timezone.now(), reason=form.cleaned_data["reason"])
    return _("Declined: the question is back with the host of the meeting.")


def _save(found: Question, form: Form, by: User) -> str:
    """Save, and go on as the pressed button says: submit, or ask for or confirm a translation."""
    if not isinstance(form, DraftForm):
        raise TypeError("A draft is saved from its form.")
    at = timezone.now()
    version = actions.save_draft(found, words=form.words(), base=form.cleaned_data["base"], by=by, at=at)
    then, _colon, language = form.data.get("then", "").partition(":")
    number = version.number
    _write_over(form, number)  # what is saved stands, whatever becomes of the act after it
    if then == "submit":
        actions.submit_to_clearance(found, version=number, by=by, at=at)
        return _("Version %(number)s is saved and submitted to clearance.") % {"number": number}
    if then == "ask":
        actions.ask_translation(found, language=language, version=number, by=by, at=at)
        return _("Version %(number)s is saved; a translation is asked for.") % {"number": number}
    if then == "check":
        actions.check_translation(found, language=language, version=number, by=by, at=at)
        return _("Version %(number)s is saved; the translation is confirmed.") % {"number": number}
    return _("Version %(number)s is saved.") % {"number": number}


def _write_over(form: Form, number: int) -> None:
    """Let the form, shown again, write over this version."""
    form.data = {**{name: form.data[name] for name in form.data}, "base": str(number)}


def _comment(found: Question, form: Form, by: User) -> str:
    actions.add_comment(found, text=form.cleaned_data["text"], by=by, at=timezone.now())
    return _("The unit can read your comment.")


def _ask_translation(found: Question, form: Form, by: User) -> str:
    actions.ask_translation(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("A translation is asked for.")


def _finish_translation(found: Question, form: Form, by: User) -> str:
    version = actions.finish_translation(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("The translation stands in version %(number)s.") % {"number": version.number}


def _check_translation(found: Question, form: Form, by: User) -> str:
    actions.check_translation(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("The translation is confirmed.")


def _submit(found: Question, form: Form, by: User) -> str:
    actions.submit_to_clearance(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("Submitted to clearance.")


def _clear(found: Question, form: Form, by: User) -> str:
    actions.clear_step(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("Cleared.")


def _send_back(found: Question, form: Form, by: User) -> str:
    actions.send_back(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("Sent back to the writers.")


def _sign(found: Question, form: Form, by: User) -> str:
    if not isinstance(form, SignForm):
        raise TypeError("An answer is signed from its form.")
    at = timezone.now()
    said = form.cleaned_data
    # Kept before the transaction opens: disks are slow.
    upload = keep_upload(said["file"], by=by, at=at) if said["file"] else None
    signature = Signature(said["signed_as"], form.mark(), upload, said["leave_reason"])
    actions.sign_answer(found, version=said["version"], signature=signature, by=by, at=at)
    return _("Signed: the answer is published.")


def _assign_onward(found: Question, form: Form, by: User) -> str:
    actions.assign_onward(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("Given to another unit.")


def _extend(found: Question, form: Form, by: User) -> str:
    actions.extend(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("The term is extended; the asker is to be told within three working days.")


def _pause(found: Question, form: Form, by: User) -> str:
    actions.pause(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("The clock stands from tomorrow on; the reason is on the question's page.")


def _resume(found: Question, form: Form, by: User) -> str:
    actions.resume(found, by=by, at=timezone.now())
    return _("The clock runs again from tomorrow on.")


def _pass_part(found: Question, form: Form, by: User) -> str:
    actions.pass_part(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("A part was passed on; the rest stays yours to answer.")


def _tell_asker(found: Question, form: Form, by: User) -> str:
    actions.tell_asker(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("It is noted that the asker was told.")


def _refuse(found: Question, form: Form, by: User) -> str:
    actions.refuse(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("Refused: the ground is shown on the question's page.")


def _pass_on(found: Question, form: Form, by: User) -> str:
    actions.pass_on(found, **form.cleaned_data, by=by, at=timezone.now())
    return _("Passed on as a formal appeal.")


DOINGS: Mapping[WorkVerb, Doing] = {
    WorkVerb.ACCEPT: _accept,
    WorkVerb.DECLINE: _decline,
    WorkVerb.SAVE: _save,
    WorkVerb.COMMENT: _comment,
    WorkVerb.ASK_TRANSLATION: _ask_translation,
    WorkVerb.FINISH_TRANSLATION: _finish_translation,
    WorkVerb.CHECK_TRANSLATION: _check_translation,
    WorkVerb.SUBMIT: _submit,
    WorkVerb.CLEAR: _clear,
    WorkVerb.SEND_BACK: _send_back,
    WorkVerb.SIGN: _sign,
    WorkVerb.ASSIGN_ONWARD: _assign_onward,
    WorkVerb.EXTEND: _extend,
    WorkVerb.PAUSE: _pause,
    WorkVerb.RESUME: _resume,
    WorkVerb.PASS_PART: _pass_part,
    WorkVerb.TELL_ASKER: _tell_asker,
    WorkVerb.REFUSE: _refuse,
    WorkVerb.PASS_ON: _pass_on,
}
