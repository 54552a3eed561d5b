"""What tortoise's own operations cannot say: CHECKs, indexes of columns, tables that only grow, rows that stay.

* Every operation can be undone, and works on tables that already hold rows.
* Tortoise does not create `Meta.constraints` with a table, and its own rebuild of an SQLite table for a CHECK drops
  what else the table has. So SQLite tables are made again here from their own text.
* Conditions are written as PostgreSQL has them.

The engine takes every file here for a migration, except one whose name begins with an underscore.
"""

from dataclasses import dataclass
from typing import Any

from tortoise.migrations.operations import AddField, RunPython

Check = tuple[str, str, str]
"""Table, name of the constraint, condition."""

REFUSE_CHANGE = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""


@dataclass(frozen=True)
class Refusal:
    """A change of a row that is refused."""

    name: str
    """The trigger's name; on PostgreSQL also its function's."""
    act: str
    """UPDATE or DELETE."""
    table: str
    condition: str | None = None
    """On OLD and, for an UPDATE, NEW; without one every such change is refused."""


class AddColumn(AddField):
    """AddField that can be undone: tortoise makes the SQLite table again without the field, its CHECKs and triggers."""

    async def database_backward(self, app_label: str, old_state: Any, new_state: Any, state_editor: Any = None) -> None:
        if state_editor is None or not _is_sqlite(state_editor.client):
            await super().database_backward(app_label, old_state, new_state, state_editor)
            return
        meta = old_state.apps.get_model(f"{app_label}.{self.model_name}")._meta  # noqa: SLF001 - where tortoise keeps it
        column = meta.fields_db_projection[self.name]
        await state_editor.client.execute_query(f'ALTER TABLE "{meta.db_table}" DROP COLUMN "{column}"')


def add_checks(*checks: Check) -> RunPython:
    """Add CHECKs to tables."""

    async def add(apps: Any, schema_editor: Any) -> None:
        client = schema_editor.client
        for table, ours in _by_table(checks):
            if _is_sqlite(client):
                clauses = "".join(map(_clause, ours))
                await _make_again(
                    client, table, lambda text, more=clauses: f"{text.rpartition(')')[0].rstrip()}{more}\n)"
                )
                continue
            for _, name, condition in ours:
                await client.execute_query(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({condition})")

    async def drop(apps: Any, schema_editor: Any) -> None:
        client = schema_editor.client
        for table, ours in _by_table(checks):
            if _is_sqlite(client):
                clauses = [_clause(check) for check in ours]
                await _make_again(client, table, lambda text, gone=clauses: _without(text, gone))
                continue
            for _, name, _ in ours:
                await client.execute_query(f"ALTER TABLE {table} DROP CONSTRAINT {name}")

    return RunPython(add, drop)


def add_indexes(*indexes: tuple[str, str], unique: bool = False) -> RunPython:
    """Add indexes: name, and table with columns, and with WHERE for which rows."""

    async def add(apps: Any, schema_editor: Any) -> None:
        for name, columns in indexes:
            await schema_editor.client.execute_query(f"CREATE {'UNIQUE ' if unique else ''}INDEX {name} ON {columns}")

    async def drop(apps: Any, schema_editor: Any) -> None:
        for name, _ in indexes:
            await schema_editor.client.execute_query(f"DROP INDEX {name}")

    return RunPython(add, drop)


def add_refuse_change() -> RunPython:
    """Add the function that the triggers of `only_grow` call on PostgreSQL."""

    async def add(apps: Any, schema_editor: Any) -> None:
        if not _is_sqlite(schema_editor.client):
            await schema_editor.client.execute_query(REFUSE_CHANGE)

    async def drop(apps: Any, schema_editor: Any) -> None:
        if not _is_sqlite(schema_editor.client):
            await schema_editor.client.execute_query("DROP FUNCTION refuse_change")

    return RunPython(add, drop)


def only_grow(*tables: str) -> RunPython:
    """Let tables refuse UPDATE and DELETE."""

    async def guard(apps: Any, schema_editor: Any) -> None:
        client = schema_editor.client
        for table in tables:
            if _is_sqlite(client):
                for act in ("UPDATE", "DELETE"):
                    await client.execute_query(
                        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                        f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
                    )
            else:
                await client.execute_query(
                    f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
                )

    async def unguard(apps: Any, schema_editor: Any) -> None:
        client = schema_editor.client
        for table in tables:
            if _is_sqlite(client):
                for act in ("update", "delete"):
                    await client.execute_query(f"DROP TRIGGER {table}_no_{act}")
            else:
                await client.execute_query(f"DROP TRIGGER {table}_only_grows ON {table}")

    return RunPython(guard, unguard)


def fixed(table: str, since: str, columns: tuple[str, ...], *, as_text: bool = False) -> list[Refusal]:
    """Return what keeps a row of `table`, and its `columns` as they are, once `since` is true of it.

    `as_text` is for columns that PostgreSQL cannot compare, such as JSON.
    """
    return [
        Refusal(f"{table}_fixed_update", "UPDATE", table, f"({since}) AND ({changed(*columns, as_text=as_text)})"),
        Refusal(f"{table}_fixed_delete", "DELETE", table, since),
    ]


def changed(*columns: str, as_text: bool = False) -> str:
    """Return the condition that one of these columns changes, from or to NULL as well."""
    cast = "::text" if as_text else ""
    return " OR ".join(f"OLD.{column}{cast} IS DISTINCT FROM NEW.{column}{cast}" for column in columns)


def refuse(*refusals: Refusal) -> RunPython:
    """Refuse changes of rows."""

    async def guard(apps: Any, schema_editor: Any) -> None:
        client = schema_editor.client
        for each in refusals:
            if _is_sqlite(client):
                await client.execute_query(
                    f"CREATE TRIGGER {each.name} BEFORE {each.act} ON {each.table} WHEN {_for_sqlite(each.condition)} "
                    f"BEGIN SELECT RAISE(ABORT, 'this {each.table} is fixed'); END"
                )
                continue
            # A WHEN clause cannot hold a query there, so the condition moves into a function of its own.
            await client.execute_query(
                f"CREATE FUNCTION {each.name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                f"IF {each.condition or 'true'} THEN RAISE EXCEPTION 'this {each.table} is fixed'; END IF; "
                f"RETURN {'NEW' if each.act == 'UPDATE' else 'OLD'}; END $$"
            )
            await client.execute_query(
                f"CREATE TRIGGER {each.name} BEFORE {each.act} ON {each.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {each.name}()"
            )

    async def unguard(apps: Any, schema_editor: Any) -> None:
        client = schema_editor.client
        for each in refusals:
            if _is_sqlite(client):
                await client.execute_query(f"DROP TRIGGER {each.name}")
            else:
                await client.execute_query(f"DROP TRIGGER {each.name} ON {each.table}")
                await client.execute_query(f"DROP FUNCTION {each.name}()")

    return RunPython(guard, unguard)


def _is_sqlite(client: Any) -> bool:
    return client.capabilities.dialect == "sqlite"


def _for_sqlite(condition: str | None) -> str:
    # SQLite has IS DISTINCT FROM since 3.39; IS NOT means the same there and is older.
    return "1" if condition is None else condition.replace("IS DISTINCT FROM", "IS NOT").replace("::text", "")


def _by_table(checks: tuple[Check, ...]) -> list[tuple[str, list[Check]]]:
    return [(table, [check for check in checks if check[0] == table]) for table in dict.fromkeys(c[0] for c in checks)]


def _clause(check: Check) -> str:
    _, name, condition = check
    return f",\n    CONSTRAINT {name} CHECK ({condition})"


def _without(text: str, clauses: list[str]) -> str:
    for clause in clauses:
        text = text.replace(clause, "", 1)
    return text


async def _make_again(client: Any, table: str, write: Any) -> None:
    """Make an SQLite table from the text that `write` makes of its own, with its rows, indexes and triggers."""
    ((row,), others) = [
        await client.execute_query_dict(
            f"SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND type {kind} 'table'", [table]
        )
        for kind in ("=", "<>")
    ]
    text = write(row["sql"].replace(f'"{table}"', f'"{table}_new"', 1))
    await client.execute_query(text)
    await client.execute_query(f"INSERT INTO {table}_new SELECT * FROM {table}")
    await client.execute_query(f"DROP TABLE {table}")
    # Else the new name is looked for in triggers of other tables, which speak of the old one.
    await client.execute_query("PRAGMA legacy_alter_table = ON")
    await client.execute_query(f"ALTER TABLE {table}_new RENAME TO {table}")
    await client.execute_query("PRAGMA legacy_alter_table = OFF")
    for other in others:
        await client.execute_query(other["sql"])
