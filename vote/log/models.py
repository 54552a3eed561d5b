"""Rows: an estate's public log. What is in it is never changed and never deleted; its head only moves forward.

Not here: the rules that the database itself keeps about them (`migrations/0012_log.py`).
"""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class PendingEntry(Model):
    """One thing that happened, as canonical JSON without anything personal, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="log_entries", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=40)
    body = fields.BinaryField()
    happened_at = fields.DatetimeField()

    class Meta:
        """In the order written."""

        table = "log_pending_entry"
        ordering = ("id",)


class Log(Model):
    """A log of an estate under one origin, a restored copy that was taken into use begins a further one."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="logs", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    origin = fields.CharField(max_length=255, unique=True)
    verifier_key = fields.CharField(max_length=400)
    opened_at = fields.DatetimeField()

    class Meta:
        """Numbered from 1; only the last one grows."""

        table = "log"
        unique_together = (("estate", "number"),)


class LogHead(Model):
    """How far a log has come, only ever moved forward."""

    id = fields.IntField(primary_key=True)
    log: fields.OneToOneRelation[Any] = fields.OneToOneField("vote.Log", related_name="head", on_delete=fields.RESTRICT)
    size = fields.BigIntField()
    root = fields.BinaryField()
    note = fields.BinaryField()
    signed_at = fields.DatetimeField()

    class Meta:
        """One for each log."""

        table = "log_head"


class LogEntry(Model):
    """The place of a pending entry in a log, its bytes stay where they were written."""

    id = fields.IntField(primary_key=True)
    log: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Log", related_name="entries", on_delete=fields.RESTRICT
    )
    position = fields.BigIntField()
    entry: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.PendingEntry", related_name="place", on_delete=fields.RESTRICT
    )
    leaf_hash = fields.BinaryField()

    class Meta:
        """A place holds one entry, and an entry has one place."""

        table = "log_entry"
        unique_together = (("log", "position"),)


class LogTile(Model):
    """The hashes of a tile, which grow behind those that are there."""

    id = fields.IntField(primary_key=True)
    log: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Log", related_name="tiles", on_delete=fields.RESTRICT
    )
    level = fields.IntField()
    position = fields.BigIntField()
    hashes = fields.BinaryField()

    class Meta:
        """One for each place."""

        table = "log_tile"
        unique_together = (("log", "level", "position"),)


class LogCheckpoint(Model):
    """What a log signed, and when everybody could read it."""

    id = fields.IntField(primary_key=True)
    log: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Log", related_name="checkpoints", on_delete=fields.RESTRICT
    )
    size = fields.BigIntField()
    note = fields.BinaryField()
    signed_at = fields.DatetimeField()
    published_at = fields.DatetimeField(null=True)

    class Meta:
        """One for each size."""

        table = "log_checkpoint"
        unique_together = (("log", "size"),)


class LogCosignature(Model):
    """A witness's line below a checkpoint, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    checkpoint: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.LogCheckpoint", related_name="cosignatures", on_delete=fields.RESTRICT
    )
    witness = fields.CharField(max_length=255)
    line = fields.BinaryField()
    received_at = fields.DatetimeField()

    class Meta:
        """A witness signs a checkpoint once."""

        table = "log_cosignature"
        unique_together = (("checkpoint", "witness"),)


class LogPolicyText(Model):
    """Who watches an estate's log, as tlog-policy without the lines of logs, the last one is in force."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="log_policies", on_delete=fields.RESTRICT
    )
    text = fields.TextField()
    since = fields.DatetimeField()

    class Meta:
        """In the order decided."""

        table = "log_policy"
        ordering = ("id",)


class LogStamp(Model):
    """The word of a time stamp authority that a checkpoint existed, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    log: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Log", related_name="stamps", on_delete=fields.RESTRICT
    )
    size = fields.BigIntField()
    token = fields.BinaryField()
    stamped_at = fields.DatetimeField()

    class Meta:
        """One for each size."""

        table = "log_stamp"
        unique_together = (("log", "size"),)


class LogAlarm(Model):
    """Why a log is only read from then on."""

    id = fields.IntField(primary_key=True)
    log: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Log", related_name="alarms", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=40)
    facts = fields.BinaryField()
    since = fields.DatetimeField()

    class Meta:
        """In the order seen."""

        table = "log_alarm"
        ordering = ("id",)


class LogContinuation(Model):
    """Why a log goes on under a further origin, and how far the one before is known to have come."""

    id = fields.IntField(primary_key=True)
    log: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Log", related_name="continuation", on_delete=fields.RESTRICT
    )
    checkpoint = fields.BinaryField()
    reason = fields.TextField()

    class Meta:
        """One for each log but the first of an estate."""

        table = "log_continuation"
