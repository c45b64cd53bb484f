"""Everything kept about a person, as plain JSON."""

from kenes.accounts.models import Membership, User
from kenes.accounts.personal_data import registered_personal_data
from kenes.accounts.queries import consents_of, grants_of


def personal_data_of(user: User) -> dict[str, object]:
    """Return the account, its memberships, roles and consents, and the part of every other app."""
    return {
        "account": {
            "email": user.email,
            "name": user.name,
            "language": user.language,
            "joined": user.date_joined.isoformat(),
            "last_sign_in": user.last_login and user.last_login.isoformat(),
        },
        "memberships": [_membership(row) for row in user.memberships.select_related("organisation")],
        "roles": [
            {
                "role": grant.role,
                "organisation": grant.organisation and str(grant.organisation),
                "at": grant.at.isoformat(),
            }
            for grant in grants_of(user)
        ],
        "consents": [
            {
                "purpose": consent.purpose,
                "notice_version": consent.notice_version,
                "given": consent.given_at.isoformat(),
                "withdrawn": consent.withdrawn_at and consent.withdrawn_at.isoformat(),
            }
            for consent in consents_of(user)
        ],
        **{part.name: part.export(user) for part in registered_personal_data()},
    }


def _membership(row: Membership) -> dict[str, object]:
    return {
        "organisation": str(row.organisation),
        "kind": row.kind,
        "position": row.position,
        "since": row.since and row.since.isoformat(),
        "until": row.until and row.until.isoformat(),
    }
