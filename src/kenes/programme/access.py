"""From an address to the object behind it, and which objects a person may see or prepare."""

from typing import TypeVar

from django.db.models import Prefetch, Q, QuerySet

from kenes.accounts.models import RoleGrant, User
from kenes.accounts.rules import AnyUser, has_role
from kenes.accounts.states import Role
from kenes.core.errors import Forbidden
from kenes.organisations.models import Organisation
from kenes.programme.models import Campaign, Meeting, StrategicSession
from kenes.programme.states import SphereKey

Row = TypeVar("Row")


def campaigns_visible_to(user: AnyUser | None) -> QuerySet[Campaign]:
    """Return the campaigns this reader may see. The programme is public: all, for anyone."""
    return Campaign.objects.all()


def sessions_visible_to(user: AnyUser | None) -> QuerySet[StrategicSession]:
    """Return the sessions of the campaigns this reader may see."""
    return StrategicSession.objects.all()


def meetings_visible_to(user: AnyUser | None) -> QuerySet[Meeting]:
    """Return the meetings of the campaigns this reader may see."""
    return Meeting.objects.all()


def campaigns_editable_by(user: AnyUser | None) -> QuerySet[Campaign]:
    """Return the campaigns the user may prepare: all for an editor of the instance, else of their bodies."""
    return Campaign.objects.filter(_hosted_by(bodies_edited_by(user), "host"))


def sessions_editable_by(user: AnyUser | None) -> QuerySet[StrategicSession]:
    """Return the sessions of the campaigns the user may prepare."""
    return StrategicSession.objects.filter(_hosted_by(bodies_edited_by(user), "campaign__host"))


def meetings_editable_by(user: AnyUser | None) -> QuerySet[Meeting]:
    """Return the meetings of the campaigns the user may prepare."""
    return Meeting.objects.filter(_hosted_by(bodies_edited_by(user), "session__campaign__host"))


def bodies_edited_by(user: AnyUser | None) -> QuerySet[Organisation] | None:
    """Return the bodies whose campaigns the user may prepare; None for all."""
    if has_role(user, Role.EDITOR):
        return None
    grants = RoleGrant.objects.filter(user=user, user__is_active=True) if isinstance(user, User) else None
    if grants is None:
        return Organisation.objects.none()
    editing = grants.filter(role__in=[Role.EDITOR, Role.ADMINISTRATOR])
    return Organisation.objects.filter(pk__in=editing.values("organisation"))


def _hosted_by(bodies: QuerySet[Organisation] | None, path: str) -> Q:
    return Q() if bodies is None else Q(**{f"{path}__in": bodies})


def campaign_of(slug: str, user: AnyUser | None) -> Campaign:
    """Return the campaign at this address, its host, sessions and their regions too. Raises: Forbidden."""
    sessions = Prefetch("sessions", StrategicSession.objects.select_related("region"))
    campaigns = campaigns_visible_to(user).select_related("host").prefetch_related(sessions)
    return _found(campaigns.filter(slug=slug).first())


def session_of(slug: str, public_id: str, user: AnyUser | None) -> StrategicSession:
    """Return the session of this campaign, with its region and campaign. Raises: Forbidden."""
    sessions = sessions_visible_to(user).select_related("region", "campaign__host")
    return _found(sessions.filter(campaign__slug=slug, public_id=public_id).first())


def meeting_of(code: str, user: AnyUser | None) -> Meeting:
    """Return the meeting of this room code (any case), hosts, place, campaign with it. Raises: Forbidden."""
    meetings = meetings_visible_to(user).select_related(
        "host", "place", "session__region", "session__campaign__host"
    )
    return _found(meetings.filter(code=code.upper()).first())


def sphere_of(key: str) -> SphereKey:
    """Return the sphere of this key. Raises: Forbidden."""
    if key not in SphereKey.values:
        raise Forbidden()
    return SphereKey(key)


def _found(row: Row | None) -> Row:
    if row is None:
        raise Forbidden()
    return row
