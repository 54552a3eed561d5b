"""Rows: elections and their outlines, their offices' public keys, lawful changes after sealing, annulments."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Election(Model):
    """One polling exercise, from sealing on, its manifest and set-up files are fixed."""

    uuid = fields.CharField(max_length=32, primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="elections", on_delete=fields.RESTRICT
    )
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="elections", on_delete=fields.RESTRICT
    )
    state = fields.CharField(max_length=12)
    draft: dict[str, Any] = fields.JSONField()
    opens_at = fields.DatetimeField()
    closes_at = fields.DatetimeField()
    manifest = fields.BinaryField(null=True)
    election_json = fields.BinaryField(null=True)
    trustees_json = fields.BinaryField(null=True)
    credentials_json = fields.BinaryField(null=True)
    fingerprint = fields.CharField(max_length=43, null=True)
    sealed_at = fields.DatetimeField(null=True)
    noticed_at = fields.DatetimeField(null=True)
    opened_at = fields.DatetimeField(null=True)
    extended_to = fields.DatetimeField(null=True)
    ended_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    parts_json = fields.BinaryField(null=True)

    class Meta:
        """The election."""

        table = "election"


class ElectionOffice(Model):
    """The public keys with which an office signs the certificate, as `vote office keygen` wrote them."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="offices", on_delete=fields.RESTRICT
    )
    office = fields.CharField(max_length=16)
    document = fields.BinaryField()

    class Meta:
        """One document an office."""

        table = "election_office"
        unique_together = (("election", "office"),)


class LawfulChange(Model):
    """A change after sealing that the sealed rules allow, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="changes", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=16)
    body = fields.BinaryField()
    happened_at = fields.DatetimeField()

    class Meta:
        """In the order made."""

        table = "lawful_change"
        ordering = ("id",)


class ElectionOutline(Model):
    """What somebody has filled in so far of an election to be prepared, and which election it became."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="outlines", on_delete=fields.RESTRICT
    )
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="outlines", on_delete=fields.RESTRICT
    )
    body = fields.TextField()
    version = fields.IntField(default=0)
    changed_at = fields.DatetimeField()
    election: fields.OneToOneNullableRelation[Any] = fields.OneToOneField(
        "vote.Election", related_name="outline", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """In the order begun."""

        table = "election_outline"
        ordering = ("id",)


class Annulment(Model):
    """Why and when an election was given up, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    election: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Election", related_name="annulment", on_delete=fields.RESTRICT
    )
    reason = fields.CharField(max_length=24)
    annulled_at = fields.DatetimeField()

    class Meta:
        """One an election."""

        table = "annulment"
