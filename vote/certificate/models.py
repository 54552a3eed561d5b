"""Rows: objections to a result, certificates and their signatures, requests to open a ballot, steps of retention."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Objection(Model):
    """What an owner holds against a preliminary result, and the public answer it got."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="objections", on_delete=fields.RESTRICT
    )
    raised_by: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="result_objections", on_delete=fields.RESTRICT
    )
    topic = fields.CharField(max_length=24)
    question = fields.IntField(null=True)
    sealed_text = fields.BinaryField()
    raised_at = fields.DatetimeField()
    merged_into: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Objection", related_name="merged", on_delete=fields.RESTRICT, null=True
    )
    outcome = fields.CharField(max_length=12, null=True)
    answer = fields.TextField(null=True)
    contested = fields.BooleanField(default=False)
    answered_at = fields.DatetimeField(null=True)

    class Meta:
        """In the order raised."""

        table = "objection"
        ordering = ("id",)


class Certificate(Model):
    """A certificate, correction or revocation, `issued_at` is set once all three offices have signed it."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="certificates", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    kind = fields.CharField(max_length=12)
    body = fields.BinaryField()
    pdf = fields.BinaryField(null=True)
    created_at = fields.DatetimeField()
    issued_at = fields.DatetimeField(null=True)

    class Meta:
        """Numbered from 1."""

        table = "certificate"
        unique_together = (("election", "number"),)
        ordering = ("number",)


class CertificateSignature(Model):
    """An office's signature of a certificate."""

    id = fields.IntField(primary_key=True)
    certificate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Certificate", related_name="signatures", on_delete=fields.RESTRICT
    )
    office = fields.CharField(max_length=16)
    signature = fields.CharField(max_length=88)
    signed_at = fields.DatetimeField()

    class Meta:
        """One an office."""

        table = "certificate_signature"
        unique_together = (("certificate", "office"),)
        ordering = ("id",)


class OpeningRequest(Model):
    """That one named ballot is to be opened, why, signed by the platform."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="opening_requests", on_delete=fields.RESTRICT
    )
    ballot: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Ballot", related_name="opening_requests", on_delete=fields.RESTRICT
    )
    reason = fields.CharField(max_length=16)
    document = fields.BinaryField()
    requested_at = fields.DatetimeField()

    class Meta:
        """In the order made."""

        table = "opening_request"
        ordering = ("id",)


class RetentionStep(Model):
    """That a key or file was destroyed, or is kept, as whoever did it says."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="retention_steps", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=24)
    slot = fields.IntField()
    body = fields.BinaryField()
    happened_at = fields.DatetimeField()

    class Meta:
        """A step is recorded once."""

        table = "retention_step"
        unique_together = (("election", "kind", "slot"),)
        ordering = ("id",)
