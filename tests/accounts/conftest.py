"""People and bodies for the tests of accounts."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from kenes.accounts.models import User
from kenes.organisations.models import Organisation
from kenes.organisations.states import BodyKind

AT = datetime(2026, 11, 23, 5, tzinfo=UTC)
MakeUser = Callable[..., User]


@pytest.fixture
def make_user(db: None) -> MakeUser:
    def make(called: str = "person", /, **fields: object) -> User:
        return User.objects.create_user(f"{called}@demo.kenes.invalid", **fields)

    return make


@pytest.fixture
def user(make_user: MakeUser) -> User:
    return make_user()


@pytest.fixture
def committee(db: None) -> Organisation:
    return Organisation.objects.create(
        kind=BodyKind.COMMITTEE,
        name_kk="Жастар және отбасы істері комитеті",
        name_ru="Комитет по делам молодёжи и семьи",
        name_en="Committee for Youth and Family Affairs",
    )


@pytest.fixture
def directorate(db: None) -> Organisation:
    return Organisation.objects.create(
        kind=BodyKind.DIRECTORATE,
        name_kk="Ішкі саясат басқармасы",
        name_ru="Управление внутренней политики",
        name_en="Directorate of Internal Policy",
    )
