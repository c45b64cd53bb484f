"""Accounts of the demonstration: one for each role, named by the role."""

from dataclasses import dataclass

from kenes.accounts.states import MembershipKind as M
from kenes.accounts.states import Role

DOMAIN = "demo.kenes.invalid"


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """An account `<key>@demo.kenes.invalid`, its role (if any), body and kind of membership."""

    key: str
    name: str
    language: str
    body: str
    membership: M = M.MEMBER
    role: Role | None = None

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("administrator", "Әкімші · Администратор", "ru", "ministry", role=Role.ADMINISTRATOR),
    DemoPerson("moderator", "Модератор", "ru", "committee", role=Role.MODERATOR),
    DemoPerson("editor", "Редактор", "kk", "committee", role=Role.EDITOR),
    DemoPerson(
        "chairman", "Комитет төрағасы · Председатель Комитета", "kk", "committee", M.HEAD, Role.SPEAKER
    ),
    DemoPerson("officer", "Басқарма маманы · Специалист управления", "ru", "policy", M.DRAFTER, Role.OFFICER),
    DemoPerson("department", "Бөлім маманы · Специалист отдела", "ru", "department"),
    DemoPerson("youth", "Жастар орталығының маманы · Специалист центра", "kk", "youth"),
    DemoPerson("ngo", "Жастар ұйымының өкілі · Представитель объединения", "kk", "ngo"),
    DemoPerson("journalist", "Журналист", "ru", "media"),
)
