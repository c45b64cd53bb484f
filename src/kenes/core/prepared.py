"""Statements composed once, for what is asked thousands of times: Django takes longer than the database."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from django.db import connections
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


class Prepared(Generic[Row]):
    """A query's statement with how its columns are read; `tail` is SQL that goes on where it ends."""

    def __init__(self, query: QuerySet[Row], *, tail: str = "") -> None:
        self._model, self._using = query.model, query.db
        self._compiler = query.query.get_compiler(connection=connections[query.db])
        statement, self.values = self._compiler.as_sql()
        self._statement = statement + tail
        columns = [column for column, *_ in self._compiler.select]
        self._names = [column.target.attname for column in columns]
        self._converters = self._compiler.get_converters(columns)

    def rows(self, values: Sequence[int | str]) -> list[Row]:
        """Return the rows with these values in the statement's places."""
        with connections[self._using].cursor() as cursor:
            cursor.execute(self._statement, values)
            found = cursor.fetchall()
        read = self._compiler.apply_converters(found, self._converters)
        return [self._model.from_db(self._using, self._names, row) for row in read]
