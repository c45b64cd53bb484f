"""Every role and kind of membership stands in the reference."""

from pathlib import Path

from kenes.accounts.states import MembershipKind, Role

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/roles.md"


def test_every_role_and_kind_of_membership_is_documented() -> None:
    text = REFERENCE.read_text("utf-8")
    assert [key for key in [*Role.values, *MembershipKind.values] if f"| `{key}` |" not in text] == []
