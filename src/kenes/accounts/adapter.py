"""How allauth does things here: mail through the outbox, our steps of sign-in, our client address."""

from collections.abc import Mapping
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sites.requests import RequestSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import urlencode

from kenes.accounts.models import User
from kenes.accounts.queries import has_consented, user_by_email
from kenes.accounts.rules import has_second_factor, must_use_second_factor
from kenes.accounts.states import Purpose
from kenes.core.addresses import client_address
from kenes.core.ids import new_public_id
from kenes.notices.actions import send_mail_later


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in by e-mail code or password, and what follows it."""

    def send_mail(self, template_prefix: str, email: str, context: Mapping[str, Any]) -> None:
        """Write the message into the outbox, in the language of the account or else of the page."""
        user = user_by_email(email)
        language = user.language if user else translation.get_language() or settings.LANGUAGE_CODE
        values = {**context, "email": email, "current_site": RequestSite(self.request)}
        with translation.override(language):
            subject = render_to_string(f"{template_prefix}_subject.txt", values)
            body = render_to_string(f"{template_prefix}_message.txt", values)
        send_mail_later(
            key=f"sign-in:{new_public_id()}",
            to=email,
            language=language,
            subject=subject.strip(),
            body=body.strip() + "\n",
            at=timezone.now(),
        )

    def get_login_stages(self) -> list[str]:
        """After allauth's own steps: the second factor is set up before there is a session."""
        return [*super().get_login_stages(), "kenes.accounts.adapter.SetUpSecondFactorStage"]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Lead whoever has not yet consented under the notice's present version past the notice."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not has_consented(user, Purpose.ACCOUNT) and isinstance(response, HttpResponseRedirect):
            return HttpResponseRedirect(f"{reverse('accounts:consent')}?{urlencode({'next': response.url})}")
        return response

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of_request(request)


class SetUpSecondFactorStage(LoginStage):  # type: ignore[misc]
    """Stops the sign-in of a person whose role asks for an authenticator until they have one."""

    key = "set_up_second_factor"
    urlname = "accounts:set_up_second_factor"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        user = self.login.user
        if user is None or not must_use_second_factor(user) or has_second_factor(user):
            return None, True
        return headed_redirect_response(self.urlname), True


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The authenticator of a person whose role asks for it stays."""

    def get_totp_issuer(self) -> str:
        return "Kenes"

    def build_totp_svg(self, url: str) -> str:
        return str(segno.make(url, error="m").svg_inline(scale=5, border=2))

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not must_use_second_factor(authenticator.user)


def address_of_request(request: HttpRequest) -> str:
    """Return the client's address; django-axes asks for it too."""
    return client_address(request.META, behind_proxy=settings.BEHIND_PROXY)
