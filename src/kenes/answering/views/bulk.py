"""Bulk acts of the queue: one form for many questions; what hindered one is told beside its code."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kenes.accounts.models import User
from kenes.answering import actions
from kenes.answering.access import questions_to_do, units_of
from kenes.answering.actions import BulkResult, Seen, Signature
from kenes.answering.forms import BULK_FORMS, BulkDraftForm, BulkSignForm, EmptyForm
from kenes.answering.queries import template_of_units, templates_of_units
from kenes.answering.states import BulkVerb
from kenes.answering.views.shared import SeeOther, back_to, person
from kenes.core.errors import Forbidden, KenesError
from kenes.core.languages import in_languages
from kenes.questions.models import Question


@dataclass(frozen=True, slots=True)
class Many:
    """The questions that were chosen, and which version of each stood on the page."""

    questions: Sequence[Question]
    seen: Seen

    @property
    def rows(self) -> list[tuple[Question, int | None]]:
        """Each question with the version that was read, to be chosen again."""
        return [(question, self.seen.get(question.code)) for question in self.questions]

    def only(self, codes: frozenset[str]) -> "Many":
        """Return those of these codes."""
        return Many([question for question in self.questions if question.code in codes], self.seen)


Bulk = Callable[[Many, Form, User], list[BulkResult]]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def bulk(request: HttpRequest, verb: BulkVerb) -> HttpResponse:
    """Do with each chosen question what the verb says; those that were hindered stay chosen.

    A GET does nothing: it comes from a refused form's page read in another language. It leads back.
    """
    if request.method != "POST":
        return SeeOther(reverse("answering:queue"))
    many = _chosen(request)
    if verb is BulkVerb.DRAFT and "begin" in request.POST:
        return _page(request, verb, _begun(request), many, status=200)
    form = _form(request, verb, request.POST)
    if not form.is_valid():
        return _page(request, verb, form, many, status=422)
    try:
        results = BULK[verb](many, form, person(request))
    except Forbidden:
        raise
    except KenesError as error:
        form.add_error(None, str(error))
        return _page(request, verb, form, many, status=error.status)
    return _told(request, verb, form, many, results)


def _told(
    request: HttpRequest, verb: BulkVerb, form: Form, many: Many, results: Sequence[BulkResult]
) -> HttpResponse:
    hindered = [result for result in results if result.error is not None]
    done = len(results) - len(hindered)
    said = ngettext("Done with %(count)s question.", "Done with %(count)s questions.", done) % {"count": done}
    if not hindered:
        messages.success(request, said)
        return SeeOther(_back(request))
    left = many.only(frozenset(result.code for result in hindered))
    told = {"said": said if done else "", "hindered": hindered}
    return _page(request, verb, form, left, status=200, told=told)


def _page(
    request: HttpRequest,
    verb: BulkVerb,
    form: Form,
    many: Many,
    *,
    status: int,
    told: Mapping[str, object] | None = None,
) -> HttpResponse:
    context = {"verb": verb, "form": form, "many": many, "told": told}
    context |= {"back": _back(request), "section": "work"}
    return render(request, "answering/bulk_form.html", context, status=status)


def _chosen(request: HttpRequest) -> Many:
    codes = request.POST.getlist("question")
    pairs = (each.rpartition(":") for each in request.POST.getlist("seen"))
    seen = {code: int(number) for code, _colon, number in pairs if number.isdecimal()}
    return Many(questions_to_do(request.user, codes, on=timezone.localdate()), seen)


def _form(
    request: HttpRequest,
    verb: BulkVerb,
    data: Mapping[str, object] | None,
    initial: dict[str, object] | None = None,
) -> Form:
    form = BULK_FORMS.get(verb, EmptyForm)(data, initial=initial, auto_id=f"{verb}_%s")
    if isinstance(form, BulkDraftForm):
        form.offer(templates_of_units(units_of(request.user, on=timezone.localdate())))
    return form


def _begun(request: HttpRequest) -> Form:
    """Return the form of the common text, begun with the chosen template; what it lacks stays as typed."""
    units = units_of(request.user, on=timezone.localdate())
    template = template_of_units(request.POST.get("template", ""), units)
    typed = {name: request.POST.get(name, "") for name in ("kk", "ru", "en", "original", "template")}
    texts = in_languages(template, "text") if template is not None else {}
    written = {language: text for language, text in texts.items() if text}
    return _form(request, BulkVerb.DRAFT, None, {**typed, **written})


def _back(request: HttpRequest) -> str:
    return back_to(request, reverse("answering:queue"))


def _accept(many: Many, form: Form, by: User) -> list[BulkResult]:
    return actions.accept_many(many.questions, by=by, at=timezone.now())


def _draft(many: Many, form: Form, by: User) -> list[BulkResult]:
    if not isinstance(form, BulkDraftForm):
        raise TypeError("Drafts are written from their form.")
    return actions.draft_many(many.questions, words=form.words(), by=by, at=timezone.now())


def _check(many: Many, form: Form, by: User) -> list[BulkResult]:
    return actions.check_many(many.questions, seen=many.seen, by=by, at=timezone.now())


def _clear(many: Many, form: Form, by: User) -> list[BulkResult]:
    return actions.clear_many(many.questions, seen=many.seen, by=by, at=timezone.now())


def _sign(many: Many, form: Form, by: User) -> list[BulkResult]:
    if not isinstance(form, BulkSignForm):
        raise TypeError("Answers are signed from their form.")
    signature = Signature(form.cleaned_data["signed_as"], form.mark())
    return actions.sign_many(many.questions, signature=signature, seen=many.seen, by=by, at=timezone.now())


def _assign_onward(many: Many, form: Form, by: User) -> list[BulkResult]:
    return actions.assign_many_onward(many.questions, **form.cleaned_data, by=by, at=timezone.now())


BULK: Mapping[BulkVerb, Bulk] = {
    BulkVerb.ACCEPT: _accept,
    BulkVerb.DRAFT: _draft,
    BulkVerb.CHECK: _check,
    BulkVerb.CLEAR: _clear,
    BulkVerb.SIGN: _sign,
    BulkVerb.ASSIGN_ONWARD: _assign_onward,
}
