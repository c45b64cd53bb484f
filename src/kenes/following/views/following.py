"""Following by e-mail: the form, the confirmation, ending with one press, all that an address follows."""

import math
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kenes.core.errors import InvalidInput, KenesError, TooMany
from kenes.following.access import subscription_of_address, subscription_of_confirm, subscription_of_end
from kenes.following.actions import (
    Wanted,
    ask_subscription,
    change_pace,
    confirm_subscription,
    end_subscription,
    never_write_again,
    send_mine_link,
)
from kenes.following.errors import SubscriptionUnknown
from kenes.following.forms import AddressForm, FollowForm
from kenes.following.links import mine_token, read_mine
from kenes.following.queries import subscriptions_of_address
from kenes.following.rows import followed_rows
from kenes.following.rules import PER_NETWORK
from kenes.following.states import Topic
from kenes.following.topics import followed, title_of
from kenes.following.views.answers import see_other
from kenes.live.limits import Buckets, network_of

View = Callable[..., HttpResponse]
_buckets = Buckets()


def for_the_receiver_only(view: View) -> View:
    """Keep the page out of caches, indexes and other sites' logs: its address opens what it shows."""

    @wraps(view)
    def private(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store, private"
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return private


def take_turn(request: HttpRequest) -> None:
    """Count one request for a letter from the network's address. Raises: TooMany."""
    if not settings.RATE_LIMITS:
        return
    address = str(request.META.get("REMOTE_ADDR", ""))
    wait = _buckets.take(("follow", network_of(address)), PER_NETWORK)
    if wait:
        raise TooMany(seconds=max(1, math.ceil(wait)))


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, topic: str, key: str = "") -> HttpResponse:
    """Ask for an address to which news of something go."""
    wanted = followed(topic, key or _query_of(request))
    form = FollowForm(request.POST or None)
    if form.is_valid():
        take_turn(request)
        said = form.cleaned_data
        asked = Wanted(wanted.topic, wanted.key, said["address"], get_language() or "kk", said["pace"])
        try:
            ask_subscription(asked, at=timezone.now())
        except InvalidInput as error:
            form.add_error("address", str(error))
        else:
            return see_other("following:sent")
    context = {"form": form, "followed": wanted, "is_search": wanted.topic == Topic.SEARCH}
    return render(request, "following/follow.html", context, status=422 if form.is_bound else 200)


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """Say what comes next, and nothing of the address."""
    return render(request, "following/sent.html")


@for_the_receiver_only
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by a press: programs that open the links of letters press nothing."""
    subscription = subscription_of_confirm(token)
    if request.method == "POST":
        confirm_subscription(subscription, at=timezone.now())
        messages.success(request, _("Confirmed: you will be told."))
        return see_other("following:mine", token=mine_token(subscription.fingerprint))
    title = title_of(subscription.topic, subscription.topic_key, language=get_language() or "kk")
    context = {"subscription": subscription, "title": title, "token": token}
    return render(request, "following/confirm.html", context)


@for_the_receiver_only
@require_POST
def never(request: HttpRequest, token: str) -> HttpResponse:
    """Never write to this address again."""
    never_write_again(subscription_of_confirm(token).fingerprint, at=timezone.now())
    return render(request, "following/ended.html", {"is_for_ever": True})


@csrf_exempt  # mail programs press it with nothing but the link (RFC 8058); it can only end
@for_the_receiver_only
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, token: str) -> HttpResponse:
    """End one subscription; what has ended already stays so."""
    subscription = subscription_of_end(token)
    if request.method == "POST" and subscription is not None:
        end_subscription(subscription)
    if request.method == "POST" or subscription is None:
        return render(request, "following/ended.html", {"is_for_ever": False})
    title = title_of(subscription.topic, subscription.topic_key, language=get_language() or "kk")
    return render(request, "following/end.html", {"title": title, "token": token})


@for_the_receiver_only
@require_safe
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """All that an address follows."""
    rows = followed_rows(subscriptions_of_address(read_mine(token)))
    return render(request, "following/mine.html", {"rows": rows, "token": token})


@for_the_receiver_only
@require_POST
def mine_act(request: HttpRequest, token: str, public_id: str, act: str) -> HttpResponse:
    """Change one of the subscriptions: its pace, or that it ends."""
    subscription = subscription_of_address(read_mine(token), public_id)
    if act == "end":
        end_subscription(subscription)
        messages.success(request, _("Ended."))
    elif act == "pace":
        change_pace(subscription, pace=request.POST.get("pace", ""))
        messages.success(request, _("Changed."))
    else:
        raise SubscriptionUnknown
    return see_other("following:mine", token=token)


@require_http_methods(["GET", "HEAD", "POST"])
def find_mine(request: HttpRequest) -> HttpResponse:
    """Ask for the address whose page is sent to it."""
    form = AddressForm(request.POST or None)
    if form.is_valid():
        take_turn(request)
        try:
            send_mine_link(
                address=form.cleaned_data["address"], language=get_language() or "kk", at=timezone.now()
            )
        except KenesError as error:
            form.add_error("address", str(error))
        else:
            return see_other("following:sent")
    return render(request, "following/find_mine.html", {"form": form}, status=422 if form.is_bound else 200)


def _query_of(request: HttpRequest) -> str:
    """Return a search's query as the register writes it, without empty parts and pages."""
    query = request.GET.copy()
    for name in [name for name in query if name == "page" or not any(query.getlist(name))]:
        del query[name]
    return query.urlencode()
