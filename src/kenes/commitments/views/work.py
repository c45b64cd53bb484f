"""The work of those who keep promises: their lists, and one commitment with all they may do."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kenes.accounts.models import User
from kenes.commitments import actions
from kenes.commitments.access import (
    commitment_of,
    commitments_executed_by,
    commitments_kept_by,
    powers_of,
)
from kenes.commitments.forms import (
    AcceptForm,
    CoExecutorForm,
    CommitmentDueDateForm,
    ReasonForm,
    ReportForm,
    TranslationForm,
    body_choices,
)
from kenes.commitments.models import Commitment
from kenes.commitments.pages import cards_of, page_of
from kenes.commitments.queries import for_cards
from kenes.commitments.rules import Powers, acts_of, has_reported, keeping_bodies
from kenes.commitments.states import RUNNING, Capacity, CommitmentState, Verb
from kenes.core.errors import Forbidden, KenesError
from kenes.core.languages import LANGUAGES
from kenes.core.paging import numbered_page
from kenes.files.actions import keep_upload
from kenes.organisations.models import Organisation

A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Working:
    """Somebody signed in, with the commitment they work on and what they may do with it."""

    user: User
    powers: Powers
    commitment: Commitment
    acts: list[Verb]

    @property
    def bodies(self) -> list[Organisation]:
        """The executing bodies on whose behalf the person reports."""
        executors = self.commitment.executors.all()
        return [row.organisation for row in executors if row.organisation_id in self.powers.executes]

    @property
    def capacity(self) -> Capacity:
        """As what the person accepts."""
        is_head = not self.powers.heads.isdisjoint(keeping_bodies(self.commitment))
        return Capacity.HEAD if is_head else Capacity.MODERATOR


@require_safe
@login_required
@never_cache
def work(request: HttpRequest) -> HttpResponse:
    """What the person's bodies are to keep, what waits for their acceptance, what they see to."""
    today = timezone.localdate()
    powers = powers_of(request.user, on=today)
    lists = {
        "mine": commitments_executed_by(powers).filter(state__in=RUNNING),
        "accept": commitments_kept_by(powers).filter(state=CommitmentState.REPORTED),
        "kept": commitments_kept_by(powers).filter(state__in=RUNNING),
        "past": commitments_executed_by(powers).exclude(state__in=RUNNING),
    }
    shown = request.GET.get("show", "mine")
    shown = shown if shown in lists else "mine"
    number = request.GET.get("page", "1")
    rows = for_cards(lists[shown]).order_by("due_on", "id")
    page = numbered_page(rows, number=int(number) if number.isdecimal() else 1, size=A_PAGE)
    context = {
        "section": "work",
        "page": page,
        "shown": shown,
        "cards": cards_of(page.rows, on=today),
        "tabs": [
            {"label": label, "href": f"?show={key}", "is_current": key == shown, "count": lists[key].count()}
            for key, label in _tab_labels().items()
        ],
        "query": f"show={shown}&",
    }
    return render(request, "commitments/work.html", context)


@require_safe
@login_required
@never_cache
def work_on(request: HttpRequest, code: str) -> HttpResponse:
    """One commitment with the forms of all the person may do with it."""
    return _page(request, _working(request, code))


@require_POST
@login_required
@never_cache
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Do with a commitment what the verb says; a refusal shows the form again with all that was typed."""
    working = _working(request, code)
    if verb not in working.acts:
        raise Forbidden
    form = _form(Verb(verb), working, request.POST, request.FILES)
    if form.is_valid():
        try:
            messages.success(request, DOINGS[Verb(verb)](working, form))
        except KenesError as error:
            form.add_error(None, str(error))
            return _page(request, working, Verb(verb), form, status=error.status)
        response = redirect("commitments:work_on", code=working.commitment.code)
        response.status_code = 303
        return response
    return _page(request, working, Verb(verb), form, status=422)


def _working(request: HttpRequest, code: str) -> Working:
    """Return the commitment for somebody whose bodies keep it or see to it. Raises: Forbidden."""
    found = commitment_of(code, request.user)
    powers = powers_of(request.user, on=timezone.localdate())
    executes = not powers.executes.isdisjoint(row.organisation_id for row in found.executors.all())
    if not isinstance(request.user, User) or not (executes or powers.see_to(keeping_bodies(found))):
        raise Forbidden
    return Working(request.user, powers, found, acts_of(powers, found))


def _page(
    request: HttpRequest,
    working: Working,
    refused: Verb | None = None,
    form: Form | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "section": "work",
        "page": page_of(working.commitment, on=timezone.localdate()),
        "forms": [
            {
                "verb": verb,
                "form": form if form is not None and verb is refused else _form(verb, working),
                "is_open": verb is refused,
                "kind": "danger" if verb is Verb.CANCEL else "primary",
            }
            for verb in working.acts
        ],
        "is_own": has_reported(working.powers, working.commitment),
    }
    return render(request, "commitments/work_on.html", context, status=status)


def _form(verb: Verb, working: Working, data: Any = None, files: Any = None) -> Form:
    auto_id = f"{verb.value}_%s"
    if verb in {Verb.REPORT, Verb.SUBMIT}:
        return ReportForm(data, files, bodies=body_choices(working.bodies), auto_id=auto_id)
    if verb is Verb.TRANSLATE:
        there = {text.language for text in working.commitment.texts.all()}
        return TranslationForm(
            data, missing=[code for code in LANGUAGES if code not in there], auto_id=auto_id
        )
    if verb is Verb.ACCEPT:
        return AcceptForm(data, auto_id=auto_id)
    if verb is Verb.CHANGE_DUE_DATE:
        return CommitmentDueDateForm(data, initial={"due_on": working.commitment.due_on}, auto_id=auto_id)
    if verb is Verb.ADD_EXECUTOR:
        return CoExecutorForm(data, auto_id=auto_id)
    return ReasonForm(data, auto_id=auto_id)


def _report(working: Working, form: Form) -> actions.Report:
    """Return what was reported; its files are kept, checked, before the act's transaction."""
    said, at = form.cleaned_data, timezone.now()
    uploads = [keep_upload(file, by=working.user, at=at) for file in said["evidence"]]
    proofs = [actions.Proof(upload=upload) for upload in uploads]
    if said["link"]:
        proofs.append(actions.Proof(title=said["title"], url=said["link"]))
    body = next(body for body in working.bodies if body.public_id == said["body"])
    return actions.Report(body, said["text"], said["language"], proofs)


def _do_report(working: Working, form: Form) -> str:
    report = _report(working, form)
    actions.report_progress(working.commitment, report=report, by=working.user, at=timezone.now())
    return _("The progress is on record.")


def _do_submit(working: Working, form: Form) -> str:
    report = _report(working, form)
    actions.submit_done(working.commitment, report=report, by=working.user, at=timezone.now())
    return _("It is submitted. A second person looks at it and accepts or returns it.")


def _do_accept(working: Working, form: Form) -> str:
    note = form.cleaned_data["note"]
    actions.accept_done(
        working.commitment, by=working.user, at=timezone.now(), capacity=working.capacity, note_text=note
    )
    return _("It is accepted as kept.")


def _do_return(working: Working, form: Form) -> str:
    reason = form.cleaned_data["reason"]
    actions.return_done(working.commitment, by=working.user, at=timezone.now(), reason=reason)
    return _("It is returned; its executors are told why.")


def _do_change(working: Working, form: Form) -> str:
    said = form.cleaned_data
    actions.change_commitment_due_date(
        working.commitment, due_on=said["due_on"], by=working.user, at=timezone.now(), reason=said["reason"]
    )
    return _("The date is moved; the one before it stays on the ledger.")


def _do_cancel(working: Working, form: Form) -> str:
    reason = form.cleaned_data["reason"]
    actions.cancel_commitment(working.commitment, by=working.user, at=timezone.now(), reason=reason)
    return _("It is cancelled and stays on the list as such.")


def _do_translate(working: Working, form: Form) -> str:
    said = form.cleaned_data
    actions.translate_commitment(
        working.commitment, language=said["language"], text=said["text"], by=working.user, at=timezone.now()
    )
    return _("The text is added.")


def _do_add(working: Working, form: Form) -> str:
    body = form.cleaned_data["organisation"]
    actions.add_co_executor(working.commitment, organisation=body, by=working.user, at=timezone.now())
    return _("It takes part from now on; its people are told.")


DOINGS: Mapping[Verb, Callable[[Working, Form], str]] = {
    Verb.REPORT: _do_report,
    Verb.SUBMIT: _do_submit,
    Verb.ACCEPT: _do_accept,
    Verb.RETURN: _do_return,
    Verb.CHANGE_DUE_DATE: _do_change,
    Verb.CANCEL: _do_cancel,
    Verb.TRANSLATE: _do_translate,
    Verb.ADD_EXECUTOR: _do_add,
}


def _tab_labels() -> dict[str, str]:
    return {
        "mine": _("To be kept by my bodies"),
        "accept": _("To be accepted"),
        "kept": _("All that I see to"),
        "past": _("Done and cancelled"),
    }
