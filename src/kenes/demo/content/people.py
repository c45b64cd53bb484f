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
    also: tuple[M, ...] = ()  # further kinds of membership in the same body

    @property
    def email(self) -> str:
        return f"{self.key}@{DOMAIN}"


PEOPLE: tuple[DemoPerson, ...] = (
    DemoPerson("administrator", "Әкімші · Администратор", "ru", "ministry", role=Role.ADMINISTRATOR),
    DemoPerson("moderator", "Модератор", "ru", "committee", role=Role.MODERATOR),
    DemoPerson("editor", "Редактор", "kk", "committee", role=Role.EDITOR),
    DemoPerson(
        "chairman",
        "Комитет төрағасы · Председатель Комитета",
        "kk",
        "committee",
        M.HEAD,
        Role.SPEAKER,
        (M.DRAFTER, M.SIGNER),
    ),
    DemoPerson("officer", "Басқарма маманы · Специалист управления", "ru", "policy", M.DRAFTER, Role.OFFICER),
    DemoPerson("clearer", "Басқарма заңгері · Юрист управления", "kk", "policy", M.CLEARER),
    DemoPerson(
        "signer",
        "Басқарма басшысы · Руководитель управления",
        "kk",
        "policy",
        M.SIGNER,
        Role.EXECUTOR,
        (M.HEAD,),
    ),
    DemoPerson(
        "social",
        "Қоғамдық даму басқармасының басшысы · Руководитель управления общественного развития",
        "ru",
        "social",
        M.HEAD,
        Role.OFFICER,
        (M.DRAFTER, M.SIGNER),
    ),
    DemoPerson(
        "department",
        "Бөлім маманы · Специалист отдела",
        "ru",
        "department",
        M.DRAFTER,
        also=(M.CLEARER, M.SIGNER),
    ),
    DemoPerson(
        "youth",
        "Жастар орталығының маманы · Специалист центра",
        "kk",
        "youth",
        M.HEAD,
        Role.EXECUTOR,
        (M.DRAFTER,),
    ),
    DemoPerson("ngo", "Жастар ұйымының өкілі · Представитель объединения", "kk", "ngo"),
    DemoPerson("journalist", "Журналист", "ru", "media"),
)
