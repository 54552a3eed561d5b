"""What the models cannot say: CHECKs, unique counties, indexes behind foreign keys, tables that only grow,
and rows that stay as they are once sealed or frozen.

Tortoise does not create `Meta.constraints` with a table, and its own rebuild of an SQLite table for a CHECK drops the
table's UNIQUE constraints. So SQLite tables are made again here from their own text, with the CHECKs added.
"""

from typing import Any

from tortoise import migrations
from tortoise.migrations import operations as ops

CHECKS = (
    ("division", "division_kind", "kind IN ('county', 'sub-district', 'community')"),
    ("division", "division_parent", "(kind = 'county') = (parent_id IS NULL)"),
    ("roll", "roll_state", "state IN ('draft', 'frozen')"),
    ("roll", "roll_frozen", "(state = 'frozen') = (root IS NOT NULL AND frozen_at IS NOT NULL)"),
    ("roll", "roll_counts", "heads >= 0 AND area_dm2 >= 0"),
    ("roll_objection", "roll_objection_state", "state IN ('open', 'answered')"),
    ("roll_objection", "roll_objection_answered", "(state = 'answered') = (answer IS NOT NULL)"),
    ("entitlement", "entitlement_area", "area_dm2 > 0 AND number > 0"),
    ("entitlement_unit", "entitlement_unit_area", "area_dm2 > 0"),
    ("entitlement_unit", "entitlement_unit_source", "area_source IN ('register', 'survey', 'contract')"),
    (
        "role_key",
        "role_key_role",
        "role IN ('registrar', 'trustee', 'phones', 'desk', 'organiser', 'community', 'sub_district') AND slot > 0",
    ),
    (
        "election",
        "election_state",
        (
            "state IN ('draft', 'sealed', 'noticed', 'open', 'closed', 'checked', 'tallied', 'preliminary', 'certified',"
            " 'annulled')"
        ),
    ),
    ("election", "election_times", "opens_at < closes_at AND (extended_to IS NULL OR closes_at < extended_to)"),
    (
        "election",
        "election_sealed",
        (
            "(state = 'draft' OR state = 'annulled') OR (manifest IS NOT NULL AND election_json IS NOT NULL"
            " AND trustees_json IS NOT NULL AND credentials_json IS NOT NULL AND fingerprint IS NOT NULL)"
        ),
    ),
    ("board_message", "board_message_trustee", "trustee > 0"),
    ("credential", "credential_weight", "weight > 0"),
    ("ballot", "ballot_sequence", "sequence > 0 AND (sequence = 1) = (supersedes_id IS NULL)"),
    ("ballot_position", "ballot_position_from_zero", "position >= 0"),
    ("encrypted_tally", "encrypted_tally_counts", "num_tallied >= 0 AND total_weight >= 0"),
    ("share", "share_trustee", "trustee > 0"),
    ("election_office", "election_office_office", "office IN ('organiser', 'community', 'sub_district')"),
    ("lawful_change", "lawful_change_kind", "kind IN ('extension', 'withdrawal', 'correction')"),
    (
        "credential",
        "credential_parts",
        (
            "(letter_public IS NULL) = (platform_part IS NULL) AND (letter_public IS NULL) = (letter_proof IS NULL)"
            " AND (letter_public IS NULL) = (platform_public IS NULL) AND (letter_public IS NULL) = (platform_proof IS NULL)"
        ),
    ),
    ("one_time_code", "one_time_code_tries", "tries >= 0 AND issued_at < expires_at"),
    ("phone", "phone_state", "state IN ('proposed', 'active', 'replaced', 'refused')"),
    ("phone", "phone_confirmed", "(confirmed_at IS NULL) = (confirmed_how IS NULL)"),
    # Whoever proposes a change cannot be who decides it.
    ("phone", "phone_two_people", "proposed_by IS NULL OR decided_by IS NULL OR proposed_by <> decided_by"),
    (
        "phone",
        "phone_decided",
        (
            "(decided_at IS NULL) = (decided_by IS NULL) AND (decided_by IS NULL OR proposed_by IS NOT NULL)"
            " AND (state <> 'proposed' OR (proposed_by IS NOT NULL AND decided_by IS NULL))"
        ),
    ),
    ("message", "message_state", "state IN ('waiting', 'sent', 'failed', 'no-phone') AND tries >= 0"),
    (
        "message",
        "message_sent",
        "(state = 'sent') = (sent_at IS NOT NULL) AND (state <> 'waiting' OR body IS NOT NULL)",
    ),
    ("ballot_pool", "ballot_pool_counts", "number > 0 AND ballots > 0"),
    ("set_aside", "set_aside_kind", "kind IN ('impersonation', 'double', 'proxy', 'roll')"),
    ("dispute", "dispute_kind", "kind IN ('impersonation', 'double', 'proxy', 'roll')"),
    ("dispute", "dispute_outcome", "outcome IS NULL OR outcome IN ('set-aside', 'kept', 'contested')"),
    ("dispute", "dispute_settled", "(outcome IS NULL) = (settled_at IS NULL) AND (outcome IS NULL) = (answer IS NULL)"),
    ("objection", "objection_outcome", "outcome IS NULL OR outcome IN ('upheld', 'answered', 'reserved', 'merged')"),
    (
        "objection",
        "objection_answered",
        "(outcome IS NULL) = (answered_at IS NULL) AND (merged_into_id IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'merged')",
    ),
    ("certificate", "certificate_kind", "kind IN ('certificate', 'correction', 'revocation') AND number > 0"),
    ("certificate", "certificate_issued", "issued_at IS NULL OR pdf IS NOT NULL"),
    ("certificate_signature", "certificate_signature_office", "office IN ('organiser', 'community', 'sub_district')"),
    ("opening_request", "opening_request_reason", "reason IN ('owner-request', 'objection', 'lawful-demand')"),
)

APPEND_ONLY = (
    "log_pending_entry", "board_message", "credential", "ballot", "ballot_position", "encrypted_tally", "share", "result",
    "lawful_change", "agreement", "ballot_pool", "set_aside", "election_check", "certificate_signature", "opening_request",
    "retention_step",
)  # fmt: skip

FIXED = (
    (
        "election",
        "OLD.state <> 'draft'",
        ("estate_id", "roll_id", "draft", "opens_at", "closes_at", "manifest", "election_json", "trustees_json",
         "credentials_json", "parts_json", "fingerprint", "sealed_at"),
    ),
    ("dispute", "OLD.outcome IS NOT NULL", ("election_id", "raised_by_id", "about_id", "kind", "outcome", "answer", "settled_at")),
    (
        "objection",
        "OLD.outcome IS NOT NULL",
        ("election_id", "raised_by_id", "topic", "question", "merged_into_id", "outcome", "answer", "contested", "answered_at"),
    ),
    ("certificate", "OLD.issued_at IS NOT NULL", ("election_id", "number", "kind", "body", "pdf", "issued_at")),
    ("election_office", "(SELECT state FROM election WHERE election.uuid = OLD.election_id) <> 'draft'", ("election_id", "office", "document")),
    ("roll", "OLD.state = 'frozen'", ("estate_id", "state", "source_sha256", "heads", "area_dm2", "root", "frozen_at")),
    (
        "entitlement",
        "(SELECT state FROM roll WHERE roll.id = OLD.roll_id) = 'frozen'",
        ("roll_id", "number", "developer", "area_dm2", "masked_owner", "sealed", "sealed_salt", "leaf"),
    ),
)  # fmt: skip
"""Table, from when on, and the columns that then stay as they are; the row stays too."""

UNIQUE_COUNTY = "CREATE UNIQUE INDEX division_county ON division (name) WHERE parent_id IS NULL"
ONE_PHONE = "CREATE UNIQUE INDEX phone_one_active ON phone (entitlement_id) WHERE state = 'active'"
ONE_LETTER = "CREATE UNIQUE INDEX letter_number_one ON letter_number (credential_id) WHERE revoked_at IS NULL"

INDEXES = (
    ("entitlement_unit_entitlement", "entitlement_unit (entitlement_id)"),
    ("roll_finding_roll", "roll_finding (roll_id)"),
    ("log_pending_entry_estate", "log_pending_entry (estate_id)"),
    ("ballot_intake_election", "ballot_intake (election_id)"),
    ("letter_number_credential", "letter_number (credential_id)"),
    ("one_time_code_letter", "one_time_code (letter_id)"),
    ("one_time_code_phone", "one_time_code (phone_id)"),
    ("phone_entitlement", "phone (entitlement_id)"),
    ("phone_digest", "phone (digest)"),
    ("message_state_due", "message (state, due_at)"),
    ("message_election", "message (election_id)"),
    ("set_aside_election", "set_aside (election_id)"),
    ("lawful_change_election", "lawful_change (election_id)"),
    ("dispute_election", "dispute (election_id)"),
    ("objection_election", "objection (election_id)"),
    ("opening_request_election", "opening_request (election_id)"),
)

POSTGRESQL_REFUSAL = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% only grows', TG_TABLE_NAME; END $$
"""


async def add_checks(apps: Any, schema_editor: Any) -> None:
    """Add every CHECK; on SQLite by making the table again, with rows and UNIQUE constraints kept."""
    client = schema_editor.client
    for table in dict.fromkeys(table for table, _, _ in CHECKS):
        checks = [(name, check) for owner, name, check in CHECKS if owner == table]
        if client.capabilities.dialect != "sqlite":
            for name, check in checks:
                await client.execute_script(f"ALTER TABLE {table} ADD CONSTRAINT {name} CHECK ({check})")
            continue
        rows = await client.execute_query_dict("SELECT sql FROM sqlite_master WHERE name = ?", [table])
        head, _, _ = rows[0]["sql"].rpartition(")")
        clauses = "".join(f",\n    CONSTRAINT {name} CHECK ({check})" for name, check in checks)
        head = head.replace(f'"{table}"', f'"{table}_new"', 1)
        await client.execute_query(f"{head.rstrip()}{clauses}\n)")
        await client.execute_query(f"INSERT INTO {table}_new SELECT * FROM {table}")
        await client.execute_query(f"DROP TABLE {table}")
        await client.execute_query(f"ALTER TABLE {table}_new RENAME TO {table}")


async def keep_checks(apps: Any, schema_editor: Any) -> None:
    """A CHECK that stays hurts nobody: the first migration drops the tables whole."""


async def guard(apps: Any, schema_editor: Any) -> None:
    """Let the append-only tables refuse UPDATE and DELETE."""
    client = schema_editor.client
    if client.capabilities.dialect == "sqlite":
        for table in APPEND_ONLY:
            for act in ("UPDATE", "DELETE"):
                await client.execute_script(
                    f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} only grows'); END"
                )
        return
    await client.execute_script(POSTGRESQL_REFUSAL)
    for table in APPEND_ONLY:
        await client.execute_script(
            f"CREATE TRIGGER {table}_only_grows BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


async def unguard(apps: Any, schema_editor: Any) -> None:
    """Take the triggers away again."""
    client = schema_editor.client
    for table in APPEND_ONLY:
        if client.capabilities.dialect == "sqlite":
            await client.execute_script(f"DROP TRIGGER {table}_no_update; DROP TRIGGER {table}_no_delete")
        else:
            await client.execute_script(f"DROP TRIGGER {table}_only_grows ON {table}")
    if client.capabilities.dialect != "sqlite":
        await client.execute_script("DROP FUNCTION refuse_change")


async def fix(apps: Any, schema_editor: Any) -> None:
    """Keep sealed elections and frozen rolls as they are."""
    client = schema_editor.client
    sqlite = client.capabilities.dialect == "sqlite"
    for table, since, columns in FIXED:
        # IS DISTINCT FROM sees NULLs in both; SQLite has it since 3.39, IS NOT means the same there and is older.
        other = "IS NOT" if sqlite else "IS DISTINCT FROM"
        cast = "::text" if not sqlite else ""
        changed = " OR ".join(f"OLD.{column}{cast} {other} NEW.{column}{cast}" for column in columns)
        for act, condition in (("UPDATE", f"({since}) AND ({changed})"), ("DELETE", since)):
            name = f"{table}_fixed_{act.lower()}"
            if sqlite:
                await client.execute_script(
                    f"CREATE TRIGGER {name} BEFORE {act} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, 'this {table} is fixed'); END"
                )
            else:
                await _fix_on_postgresql(client, name, act, table, condition)


async def _fix_on_postgresql(client: Any, name: str, act: str, table: str, condition: str) -> None:
    # A WHEN clause cannot hold a query there, so the condition moves into a function of its own.
    await client.execute_script(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {condition} THEN RAISE EXCEPTION 'this {table} is fixed'; END IF; "
        f"RETURN {'NEW' if act == 'UPDATE' else 'OLD'}; END $$"
    )
    await client.execute_script(f"CREATE TRIGGER {name} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


async def unfix(apps: Any, schema_editor: Any) -> None:
    """Take these triggers away again."""
    client = schema_editor.client
    for table, _, _ in FIXED:
        for act in ("update", "delete"):
            name = f"{table}_fixed_{act}"
            if client.capabilities.dialect == "sqlite":
                await client.execute_script(f"DROP TRIGGER {name}")
            else:
                await client.execute_script(f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}()")


class Migration(migrations.Migration):
    dependencies = [("vote", "0001_initial")]

    operations = [
        ops.RunPython(add_checks, keep_checks),
        *(ops.RunSQL(f"CREATE INDEX {name} ON {columns}", f"DROP INDEX {name}") for name, columns in INDEXES),
        ops.RunSQL(UNIQUE_COUNTY, "DROP INDEX division_county"),
        ops.RunSQL(ONE_PHONE, "DROP INDEX phone_one_active"),
        ops.RunSQL(ONE_LETTER, "DROP INDEX letter_number_one"),
        ops.RunPython(guard, unguard),
        ops.RunPython(fix, unfix),
    ]
