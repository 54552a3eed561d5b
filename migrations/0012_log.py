"""The public log of an estate: its origin, head, entries, tiles, checkpoints, cosignatures, policy, alarms, continuation.

The head only moves forward, a tile only grows behind its bytes, a checkpoint is published once; all else never changes.
"""

from typing import Any

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import Refusal, add_checks, add_indexes, changed, only_grow, refuse

HASH = 32


def _create(name: str, table: str, description: str, *columns: tuple[str, Any], **options: Any) -> Any:
    return ops.CreateModel(
        name=name,
        fields=[("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)), *columns],
        options={"table": table, "app": "vote", "pk_attr": "id", "table_description": description, **options},
        bases=["Model"],
    )


def _moment(column: str, *, null: bool = False) -> tuple[str, Any]:
    return column, fields.DatetimeField(null=null, auto_now=False, auto_now_add=False)


def _key(column: str, model: str, related: str) -> tuple[str, Any]:
    return column, fields.ForeignKeyField(
        f"vote.{model}",
        source_field=f"{column}_id",
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


def _one(column: str, model: str, related: str) -> tuple[str, Any]:
    return column, fields.OneToOneField(
        f"vote.{model}",
        source_field=f"{column}_id",
        db_constraint=True,
        to_field="id",
        related_name=related,
        on_delete=OnDelete.RESTRICT,
    )


class Migration(migrations.Migration):
    dependencies = [("vote", "0011_replacing")]

    operations = [
        _create(
            "Log",
            "log",
            "A log of an estate under one origin, a restored copy that was taken into use begins a further one.",
            _key("estate", "Estate", "logs"),
            ("number", fields.IntField()),
            ("origin", fields.CharField(unique=True, max_length=255)),
            ("verifier_key", fields.CharField(max_length=400)),
            _moment("opened_at"),
            unique_together=(("estate", "number"),),
        ),
        _create(
            "LogHead",
            "log_head",
            "How far a log has come, only ever moved forward.",
            _one("log", "Log", "head"),
            ("size", fields.BigIntField()),
            ("root", fields.BinaryField()),
            ("note", fields.BinaryField()),
            _moment("signed_at"),
        ),
        _create(
            "LogEntry",
            "log_entry",
            "The place of a pending entry in a log, its bytes stay where they were written.",
            _key("log", "Log", "entries"),
            ("position", fields.BigIntField()),
            _one("entry", "PendingEntry", "place"),
            ("leaf_hash", fields.BinaryField()),
            unique_together=(("log", "position"),),
        ),
        _create(
            "LogTile",
            "log_tile",
            "The hashes of a tile, which grow behind those that are there.",
            _key("log", "Log", "tiles"),
            ("level", fields.IntField()),
            ("position", fields.BigIntField()),
            ("hashes", fields.BinaryField()),
            unique_together=(("log", "level", "position"),),
        ),
        _create(
            "LogCheckpoint",
            "log_checkpoint",
            "What a log signed, and when everybody could read it.",
            _key("log", "Log", "checkpoints"),
            ("size", fields.BigIntField()),
            ("note", fields.BinaryField()),
            _moment("signed_at"),
            _moment("published_at", null=True),
            unique_together=(("log", "size"),),
        ),
        _create(
            "LogCosignature",
            "log_cosignature",
            "A witness's line below a checkpoint, never changed, never deleted.",
            _key("checkpoint", "LogCheckpoint", "cosignatures"),
            ("witness", fields.CharField(max_length=255)),
            ("line", fields.BinaryField()),
            _moment("received_at"),
            unique_together=(("checkpoint", "witness"),),
        ),
        _create(
            "LogPolicyText",
            "log_policy",
            "Who watches an estate's log, as tlog-policy without the lines of logs, the last one is in force.",
            _key("estate", "Estate", "log_policies"),
            ("text", fields.TextField(unique=False)),
            _moment("since"),
        ),
        _create(
            "LogStamp",
            "log_stamp",
            "The word of a time stamp authority that a checkpoint existed, never changed, never deleted.",
            _key("log", "Log", "stamps"),
            ("size", fields.BigIntField()),
            ("token", fields.BinaryField()),
            _moment("stamped_at"),
            unique_together=(("log", "size"),),
        ),
        _create(
            "LogAlarm",
            "log_alarm",
            "Why a log is only read from then on.",
            _key("log", "Log", "alarms"),
            ("kind", fields.CharField(max_length=40)),
            ("facts", fields.BinaryField()),
            _moment("since"),
        ),
        _create(
            "LogContinuation",
            "log_continuation",
            "Why a log goes on under a further origin, and how far the one before is known to have come.",
            _one("log", "Log", "continuation"),
            ("checkpoint", fields.BinaryField()),
            ("reason", fields.TextField(unique=False)),
        ),
        _create(
            "BallotSalt",
            "ballot_salt",
            "The salt under which a ballot's entry commits to how the ballot came.",
            _one("ballot", "Ballot", "salt"),
            ("salt", fields.BinaryField()),
        ),
        add_checks(
            ("log", "log_number", "number > 0"),
            ("log_head", "log_head_root", f"size >= 0 AND length(root) = {HASH}"),
            ("log_entry", "log_entry_place", f"position >= 0 AND length(leaf_hash) = {HASH}"),
            (
                "log_tile",
                "log_tile_hashes",
                (
                    f"level >= 0 AND position >= 0 AND length(hashes) >= {HASH} "
                    f"AND length(hashes) <= 256 * {HASH} AND length(hashes) % {HASH} = 0"
                ),
            ),
            ("log_checkpoint", "log_checkpoint_times", "size >= 0 AND published_at >= signed_at"),
            ("log_stamp", "log_stamp_token", "size >= 0 AND length(token) > 0"),
            ("log_alarm", "log_alarm_kind", "kind IN ('export-ahead', 'witness-ahead', 'other-root', 'edge')"),
            ("log_continuation", "log_continuation_reason", "length(reason) > 0"),
            ("ballot_salt", "ballot_salt_length", f"length(salt) = {HASH}"),
        ),
        add_indexes(("log_pending_entry_kind", "log_pending_entry (estate_id, kind)")),
        only_grow("log", "log_entry", "log_cosignature", "log_policy", "log_alarm", "log_continuation", "ballot_salt"),
        only_grow("log_stamp"),
        refuse(
            Refusal(
                "log_head_fixed_update",
                "UPDATE",
                "log_head",
                f"{changed('id', 'log_id')} OR NEW.size <= OLD.size OR NEW.signed_at <= OLD.signed_at",
            ),
            Refusal("log_head_fixed_delete", "DELETE", "log_head", None),
            Refusal(
                "log_tile_fixed_update",
                "UPDATE",
                "log_tile",
                f"{changed('id', 'log_id', 'level', 'position')} OR length(NEW.hashes) <= length(OLD.hashes) "
                "OR substr(NEW.hashes, 1, length(OLD.hashes)) IS DISTINCT FROM OLD.hashes",
            ),
            Refusal("log_tile_fixed_delete", "DELETE", "log_tile", None),
            Refusal(
                "log_checkpoint_fixed_update",
                "UPDATE",
                "log_checkpoint",
                f"OLD.published_at IS NOT NULL OR {changed('id', 'log_id', 'size', 'note', 'signed_at')}",
            ),
            Refusal("log_checkpoint_fixed_delete", "DELETE", "log_checkpoint", None),
        ),
    ]
