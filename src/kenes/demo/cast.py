"""Bodies and people of the demonstration, made through the actions."""

from dataclasses import dataclass
from datetime import datetime

from kenes.accounts.actions import add_membership, grant_role
from kenes.accounts.models import User
from kenes.demo.content.bodies import BODIES, DemoBody
from kenes.demo.content.people import PEOPLE, DemoPerson
from kenes.organisations.actions import create_organisation
from kenes.organisations.models import Organisation
from kenes.organisations.plans import OrganisationPlan
from kenes.territories.models import Place


@dataclass(frozen=True, slots=True)
class Cast:
    """Who takes part: bodies and accounts by their keys."""

    bodies: dict[str, Organisation]
    people: dict[str, User]

    @property
    def moderator(self) -> User:
        return self.people["moderator"]


def load_cast(*, at: datetime) -> Cast:
    """Make the bodies and the accounts with their memberships and roles."""
    bodies: dict[str, Organisation] = {}
    for body in BODIES:
        bodies[body.key] = _load_body(body, bodies, at=at)
    people = {person.key: _load_person(person, bodies, at=at) for person in PEOPLE}
    return Cast(bodies, people)


def _load_body(body: DemoBody, bodies: dict[str, Organisation], *, at: datetime) -> Organisation:
    plan = OrganisationPlan(
        kind=body.kind,
        name=body.name,
        short_name=body.short,
        parent=bodies.get(body.parent),
        place=Place.objects.get(kato=body.kato) if body.kato else None,
    )
    return create_organisation(plan, by=None, at=at)


def _load_person(person: DemoPerson, bodies: dict[str, Organisation], *, at: datetime) -> User:
    user = User.objects.create_user(person.email, name=person.name, language=person.language)
    for kind in (person.membership, *person.also):
        add_membership(user, organisation=bodies[person.body], kind=kind, by=None, at=at)
    if person.role:
        grant_role(user, role=person.role, organisation=None, by=None, at=at)
    return user
