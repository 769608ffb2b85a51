"""The database itself refuses to change or delete an entry of the trail."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_SQLITE = [
    f"""CREATE TRIGGER audit_trail_no_{verb.lower()} BEFORE {verb} ON audit_trail
        BEGIN SELECT RAISE(ABORT, 'the trail is append-only'); END"""
    for verb in ("UPDATE", "DELETE")
]
_POSTGRES = [
    """CREATE FUNCTION audit_trail_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$""",
    "CREATE TRIGGER audit_trail_no_change BEFORE UPDATE OR DELETE ON audit_trail FOR EACH ROW EXECUTE FUNCTION audit_trail_refuse()",
]


def close(_apps: Any, editor: Any) -> None:
    """Put the triggers in place."""
    for statement in _SQLITE if editor.connection.vendor == "sqlite" else _POSTGRES:
        editor.execute(statement)


class Migration(migrations.Migration):
    """Append-only."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(close, migrations.RunPython.noop)]
