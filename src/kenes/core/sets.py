"""Rows written by the set: one statement whatever their number, the same on SQLite and PostgreSQL.

The rows travel as one JSON parameter, so neither the length of the statement nor the database's
limit of parameters depends on them.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Field, Model

Row = tuple[Any, ...]

_TAKEN_AS_IT_IS = frozenset({type(None), bool, int, str, bytes})


def insert_ignoring(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]], *, returning: Sequence[str]
) -> list[Row]:
    """Insert the rows in their order, pass over those a unique key refuses; return what went in."""
    columns = [_field(model, name) for name in fields]
    prepared = _prepared(columns, rows)
    names = ", ".join(_quoted(column) for column in columns)
    source = _source(columns)
    back = ", ".join(_quoted(_field(model, name)) for name in returning)
    return _run(
        f"INSERT INTO {_table(model)} ({names}) {source} ON CONFLICT DO NOTHING RETURNING {back}",
        prepared,
    )


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert the rows, values of any type that a column takes (JSON as text); a unique key's refusal raises.

    Where rows need not be told back it costs less than `insert_ignoring`, and it takes bytes.
    """
    columns = [_field(model, name) for name in fields]
    prepared = _prepared(columns, rows)
    if not prepared:
        return
    into = f"INSERT INTO {_table(model)} ({', '.join(_quoted(column) for column in columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany(f"{into} VALUES ({', '.join(['%s'] * len(columns))})", prepared)
        else:
            lists = ", ".join(f"%s::{column.rel_db_type(connection)}[]" for column in columns)
            statement = f"{into} SELECT * FROM unnest({lists})"  # noqa: S608
            cursor.execute(statement, [list(part) for part in zip(*prepared, strict=True)])


def _prepared(columns: Sequence["Field[Any, Any]"], rows: Iterable[Sequence[object]]) -> list[list[Any]]:
    """Return values as the database takes them; plain ones are not asked about one by one."""
    is_sqlite, taken = connection.vendor == "sqlite", _TAKEN_AS_IT_IS

    def prepare(column: "Field[Any, Any]", value: object) -> Any:
        if type(value) in taken:
            return value
        if type(value) is datetime and value.tzinfo is not None:
            return str(value.astimezone(UTC).replace(tzinfo=None)) if is_sqlite else value
        return column.get_db_prep_save(value, connection)

    return [[prepare(*pair) for pair in zip(columns, row, strict=True)] for row in rows]


def delete_matching(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]], *, returning: Sequence[str]
) -> list[Row]:
    """Delete the rows with these values; return what was there."""
    columns = [_field(model, name) for name in fields]
    names = ", ".join(_quoted(column) for column in columns)
    back = ", ".join(_quoted(_field(model, name)) for name in returning)
    return _run(
        f"DELETE FROM {_table(model)} WHERE ({names}) IN ({_source(columns)}) RETURNING {back}",  # noqa: S608
        rows,
    )


def add_to_columns(
    model: type[Model], adding: Sequence[str], setting: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Of each row (primary key, amounts, values): add the amounts to `adding`, set `setting`."""
    key = model._meta.pk
    columns = [key, *(_field(model, name) for name in [*adding, *setting])]
    sums = [
        f"{_quoted(_field(model, name))} = {_table(model)}.{_quoted(_field(model, name))} + d.c{place}"
        for place, name in enumerate(adding, start=1)
    ]
    sets = [
        f"{_quoted(_field(model, name))} = d.c{place}"
        for place, name in enumerate(setting, start=1 + len(adding))
    ]
    _run(
        f"UPDATE {_table(model)} SET {', '.join([*sums, *sets])} FROM ({_source(columns)}) AS d "  # noqa: S608
        f"WHERE {_table(model)}.{_quoted(key)} = d.c0",
        rows,
    )


def _source(columns: Sequence[Any]) -> str:
    if connection.vendor == "sqlite":
        values = ", ".join(f"json_extract(value, '$[{place}]') AS c{place}" for place in range(len(columns)))
        return f"SELECT {values} FROM json_each(%s) WHERE true ORDER BY key"  # noqa: S608
    values = ", ".join(
        f"(e.value->>{place})::{column.rel_db_type(connection)} AS c{place}"
        for place, column in enumerate(columns)
    )
    return f"SELECT {values} FROM json_array_elements(%s::json) WITH ORDINALITY AS e(value, n) ORDER BY e.n"  # noqa: S608


def _run(statement: str, rows: Iterable[Sequence[object]]) -> list[Row]:
    sent = json.dumps([list(row) for row in rows], default=str, ensure_ascii=False)
    with connection.cursor() as cursor:
        cursor.execute(statement, [sent])
        return list(cursor.fetchall()) if cursor.description else []


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is not a column of {model.__name__}.")
    return field


def _quoted(field: "Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
