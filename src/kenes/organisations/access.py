"""Who sees which bodies."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from kenes.organisations.models import Organisation


def visible_to(user: AbstractBaseUser | AnonymousUser | None) -> QuerySet[Organisation]:
    """Return the bodies a person sees: all of them, since who holds and who answers is public."""
    return Organisation.objects.select_related("parent", "place")
