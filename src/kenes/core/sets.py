"""Rows written and found by the set: one statement whatever their number, the same on SQLite and PostgreSQL.

The rows travel as one JSON parameter, so neither the length of the statement nor the database's
limit of parameters depends on them. Where nothing needs to be told back, SQLite takes them one by
one by the same prepared statement, which costs it a third.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Field, Model

from kenes.core.prepared import Prepared

Row = tuple[Any, ...]
Found = TypeVar("Found", bound=Model)
Columns = Sequence["Field[Any, Any]"]

_OFFSET = len("+00:00")
_TAKEN_AS_IT_IS = frozenset({type(None), bool, int, str})


def insert_ignoring(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]], *, returning: Sequence[str]
) -> list[Row]:
    """Insert the rows in their order, pass over those a unique key refuses; return what went in."""
    statement = _ignoring(connection.vendor, model, tuple(fields), tuple(returning))
    return _run(statement, _prepared(_columns(model, tuple(fields)), rows))


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Insert the rows in their order (JSON as text); a unique key's refusal raises."""
    prepared = _prepared(_columns(model, tuple(fields)), rows)
    if not prepared:
        return
    if connection.vendor != "sqlite":
        _run(_inserting(connection.vendor, model, tuple(fields)), prepared)
        return
    with connection.cursor() as cursor:
        cursor.executemany(_one(model, tuple(fields)), prepared)


def delete_matching(
    model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[object]], *, returning: Sequence[str]
) -> list[Row]:
    """Delete the rows with these values; return what was there."""
    statement = _deleting(connection.vendor, model, tuple(fields), tuple(returning))
    return _run(statement, _prepared(_columns(model, tuple(fields)), rows))


def select_matching(
    model: type[Model], fields: Sequence[str], *, by: str, values: Iterable[object]
) -> list[Row]:
    """Return the fields, as the database gives them, of the rows whose `by` is one of the values."""
    statement = _selecting(connection.vendor, model, tuple(fields), by)
    return _run(statement, _alone(model, by, values))


def rows_matching(model: type[Found], *, by: str, values: Iterable[object]) -> list[Found]:
    """Return the model's rows whose `by` is one of the values."""
    return _matching(connection.vendor, model, by).rows([_sent(_alone(model, by, values))])


def add_to_columns(
    model: type[Model], adding: Sequence[str], setting: Sequence[str], rows: Iterable[Sequence[object]]
) -> None:
    """Of each row (primary key, amounts, values): add the amounts to `adding`, set `setting`."""
    fields = (model._meta.pk.name, *adding, *setting)
    statement = _updating(connection.vendor, model, tuple(adding), tuple(setting))
    _run(statement, _prepared(_columns(model, fields), rows))


def _prepared(columns: Columns, rows: Iterable[Sequence[object]]) -> list[list[Any]]:
    """Return values as the database takes them; plain ones are not asked about one by one."""
    taken = _TAKEN_AS_IT_IS
    prepare = _for_sqlite if connection.vendor == "sqlite" else _for_json
    return [
        [
            value if type(value) in taken else prepare(column, value)
            for column, value in zip(columns, row, strict=True)
        ]
        for row in rows
    ]


def _alone(model: type[Model], by: str, values: Iterable[object]) -> list[list[Any]]:
    return _prepared(_columns(model, (by,)), ((value,) for value in values))


def _sent(prepared: Sequence[Sequence[Any]]) -> str:
    return json.dumps(prepared, ensure_ascii=False)


def _for_sqlite(column: "Field[Any, Any]", value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime) and value.tzinfo is not None:
        return str(value.astimezone(UTC))[:-_OFFSET]
    return column.get_db_prep_save(value, connection)


def _for_json(_column: "Field[Any, Any]", value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return "\\x" + value.hex() if isinstance(value, bytes) else str(value)


def _run(statement: str, prepared: Sequence[Sequence[Any]]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [_sent(prepared)])
        return list(cursor.fetchall()) if cursor.description else []


# Statements are composed once: the database is one, and so are its tables.


@cache
def _one(model: type[Model], fields: tuple[str, ...]) -> str:
    return f"{_into(model, fields)} VALUES ({', '.join(['%s'] * len(fields))})"


@cache
def _inserting(vendor: str, model: type[Model], fields: tuple[str, ...]) -> str:
    return f"{_into(model, fields)} {_source(vendor, _columns(model, fields))}"


@cache
def _ignoring(vendor: str, model: type[Model], fields: tuple[str, ...], returning: tuple[str, ...]) -> str:
    inserting = _inserting(vendor, model, fields)
    return f"{inserting} ON CONFLICT DO NOTHING RETURNING {_list(model, returning)}"


@cache
def _deleting(vendor: str, model: type[Model], fields: tuple[str, ...], returning: tuple[str, ...]) -> str:
    source = _source(vendor, _columns(model, fields))
    return (
        f"DELETE FROM {_table(model)} WHERE ({_list(model, fields)}) IN ({source}) "  # noqa: S608
        f"RETURNING {_list(model, returning)}"
    )


@cache
def _selecting(vendor: str, model: type[Model], fields: tuple[str, ...], by: str) -> str:
    source = _source(vendor, _columns(model, (by,)))
    return f"SELECT {_list(model, fields)} FROM {_table(model)} WHERE {_list(model, (by,))} IN ({source})"  # noqa: S608


@cache
def _matching(vendor: str, model: type[Found], by: str) -> Prepared[Found]:
    columns = _columns(model, (by,))
    tail = f" WHERE {_table(model)}.{_list(model, (by,))} IN ({_source(vendor, columns)})"
    return Prepared(model._base_manager.order_by(), tail=tail)


@cache
def _updating(vendor: str, model: type[Model], adding: tuple[str, ...], setting: tuple[str, ...]) -> str:
    columns = _columns(model, (model._meta.pk.name, *adding, *setting))
    key, *changed = map(_quoted, columns)
    table = _table(model)
    sums = [f"{name} = {table}.{name} + d.c{place}" for place, name in enumerate(changed[: len(adding)], 1)]
    sets = [
        f"{name} = d.c{place}" for place, name in enumerate(changed[len(adding) :], start=1 + len(adding))
    ]
    return (
        f"UPDATE {table} SET {', '.join([*sums, *sets])} FROM ({_source(vendor, columns)}) AS d "  # noqa: S608
        f"WHERE {table}.{key} = d.c0"
    )


def _source(vendor: str, columns: Columns) -> str:
    if vendor == "sqlite":
        values = ", ".join(f"json_extract(value, '$[{place}]') AS c{place}" for place in range(len(columns)))
        return f"SELECT {values} FROM json_each(%s) WHERE true ORDER BY key"  # noqa: S608
    # As jsonb: of json each value would be found by parsing the whole row anew.
    values = ", ".join(f"(e.value->>{place})::{_type(one)} AS c{place}" for place, one in enumerate(columns))
    return f"SELECT {values} FROM jsonb_array_elements(%s::jsonb) WITH ORDINALITY AS e(value, n) ORDER BY e.n"  # noqa: S608


def _type(column: "Field[Any, Any]") -> str:
    """Return the type of a value on its way; a text that is too long is refused, not cut, on arrival."""
    name = column.rel_db_type(connection) or ""
    return "text" if name.startswith("varchar") else name


def _into(model: type[Model], fields: tuple[str, ...]) -> str:
    return f"INSERT INTO {_table(model)} ({_list(model, fields)})"


def _list(model: type[Model], fields: tuple[str, ...]) -> str:
    return ", ".join(map(_quoted, _columns(model, fields)))


@cache
def _columns(model: type[Model], fields: tuple[str, ...]) -> Columns:
    return [_field(model, name) for name in fields]


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{name} is not a column of {model.__name__}.")
    return field


def _quoted(field: "Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)
