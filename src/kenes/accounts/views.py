"""Sign-in beyond allauth's own pages, the privacy notice, and a person's own data."""

from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.views import LoginView
from allauth.mfa.adapter import get_adapter as get_second_factor_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import clear_totp_secret
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from kenes.accounts.access import demo_person, known_purpose
from kenes.accounts.actions import (
    activate_second_factor,
    change_profile,
    end_sessions,
    erase_person,
    give_consent,
    withdraw_consent,
)
from kenes.accounts.errors import NotInDemo, WrongConfirmation
from kenes.accounts.exports import personal_data_of
from kenes.accounts.forms import ConsentForm, EraseForm, ProfileForm
from kenes.accounts.models import User
from kenes.accounts.queries import consents_of, demo_people, grants_of, has_consented
from kenes.accounts.rules import NOTICE_VERSION, must_use_second_factor
from kenes.accounts.sign_in_form import PasswordForm
from kenes.accounts.states import Purpose

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOTICES = {"2026-11": "accounts/privacy_2026_11.html"}


class SignInView(LoginView):  # type: ignore[misc]
    """One page for every way in: a code by e-mail, the staff's password, OpenID Connect, the demo."""

    form_class = PasswordForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return {
            **context,
            "next": _next_address(self.request, default=""),
            "openid": settings.OPENID_PROVIDER,
            "demo_people": demo_people() if settings.DEMO else [],
        }


sign_in = sensitive_post_parameters("password")(SignInView.as_view())


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's accounts, without a code; there is no such thing outside the demo."""
    if not settings.DEMO:
        raise NotInDemo
    login(request, demo_person(request.POST.get("person", "")), backend=BACKEND)
    return _see_other(_next_address(request, default=reverse("portal:home")))


def locked_out(
    request: HttpRequest, response: HttpResponse, credentials: dict[str, str] | None = None
) -> HttpResponse:
    """Say that the password was wrong too often, and how long to wait (django-axes asks for it)."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    return render(request, "accounts/locked_out.html", {"minutes": minutes}, status=429)


@login_stage_required(stage="set_up_second_factor", redirect_urlname="account_login")  # type: ignore[untyped-decorator]
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Set up the authenticator a role asks for: a step of the sign-in, before there is a session."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user = stage.login.user
    form = ActivateTOTPForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        activate_second_factor(user, secret=form.secret, at=timezone.now())
        clear_totp_secret(request)
        record_authentication(request, user, method="mfa", type="totp", reauthenticated=True)
        stage.login.redirect_url = reverse("mfa_view_recovery_codes")
        after: HttpResponse = stage.exit()
        return after
    adapter = get_second_factor_adapter()
    picture = adapter.build_totp_svg(adapter.build_totp_url(user, form.secret))
    return render(request, "accounts/set_up_second_factor.html", {"form": form, "picture": picture})


@login_required
@never_cache
def consent(request: HttpRequest) -> HttpResponse:
    """Ask for the consent to keep the account, under the notice's present version."""
    address = _next_address(request, default=reverse("portal:home"))
    if has_consented(_person(request), Purpose.ACCOUNT):
        return _see_other(address)
    form = ConsentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        give_consent(_person(request), purpose=Purpose.ACCOUNT, at=timezone.now())
        return _see_other(address)
    return render(request, "accounts/consent.html", {"form": form, "next": address})


@require_GET
def privacy(request: HttpRequest, version: str = NOTICE_VERSION) -> HttpResponse:
    """The privacy notice: what is asked, why, for how long; earlier versions stay to be read."""
    if version not in NOTICES:
        raise Http404
    context = {"version": version, "is_current": version == NOTICE_VERSION, "section": "privacy"}
    return render(request, NOTICES[version], context)


@login_required
@never_cache
def me(request: HttpRequest) -> HttpResponse:
    """What is kept about the person, and what they can do with it."""
    person = _person(request)
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        change_profile(person, name=form.cleaned_data["name"], language=form.cleaned_data["language"])
        return _say(request, _("Saved."), reverse("accounts:me"))
    context = {
        "form": form,
        "memberships": person.memberships.select_related("organisation").order_by("id"),
        "grants": grants_of(person),
        "consents": consents_of(person),
        "must_use_second_factor": must_use_second_factor(person),
    }
    return render(request, "accounts/me.html", context)


@login_required
@require_POST
def change_consent(request: HttpRequest, purpose: str, act: str) -> HttpResponse:
    """Give or withdraw one consent."""
    change = {"give": give_consent, "withdraw": withdraw_consent}[act]
    change(_person(request), purpose=known_purpose(purpose), at=timezone.now())
    return _say(request, _("Saved."), reverse("accounts:me"))


@login_required
@require_GET
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Everything kept about the person, as one JSON file."""
    response = JsonResponse(
        personal_data_of(_person(request)), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="kenes-my-data.json"'
    return response


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every other session of the person; this one goes on."""
    person = _person(request)
    end_sessions(person, by=person, at=timezone.now())
    update_session_auth_hash(request, person)
    return _say(request, _("You are signed out on all other devices."), reverse("accounts:me"))


@login_required
@never_cache
def erase(request: HttpRequest) -> HttpResponse:
    """Erase everything about the person, once they have typed their address."""
    person = _person(request)
    form = EraseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["email"].lower() != person.email:
            form.add_error("email", str(WrongConfirmation()))
        else:
            erase_person(person, by=None, at=timezone.now())
            logout(request)
            return _say(request, _("Your account and your name are erased."), reverse("portal:home"))
    return render(request, "accounts/erase.html", {"form": form})


def _person(request: HttpRequest) -> User:
    """The signed-in user; every caller stands behind `login_required`."""
    if not isinstance(request.user, User):
        raise TypeError("This page stands behind login_required.")
    return request.user


def _next_address(request: HttpRequest, *, default: str) -> str:
    """Where to go afterwards: an address of this site, or the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else default


def _say(request: HttpRequest, text: str, address: str) -> HttpResponse:
    messages.success(request, text)
    return _see_other(address)


def _see_other(address: str) -> HttpResponse:
    """303: the answer to an act is a page to be fetched."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
