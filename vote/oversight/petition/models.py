"""Rows: who checks signers, petitions with their sums, and signatures sealed to whoever checks."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class PetitionCard(Model):
    """The card of the office that checks an estate's signers: its public half, the last row counts."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="petition_cards", on_delete=fields.RESTRICT
    )
    recipient = fields.CharField(max_length=80)
    made_at = fields.DatetimeField()
    made_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="petition_cards", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """Named by its noun."""

        table = "petition_card"


class Petition(Model):
    """What owners ask, over which roll, with sums of what was signed and of what the office left standing."""

    id = fields.IntField(primary_key=True)
    uuid = fields.CharField(max_length=32, unique=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="petitions", on_delete=fields.RESTRICT
    )
    roll: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Roll", related_name="petitions", on_delete=fields.RESTRICT
    )
    election: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="petitions", on_delete=fields.RESTRICT, null=True
    )
    card: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.PetitionCard", related_name="petitions", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=8)
    text = fields.TextField()
    member = fields.CharField(max_length=60)
    profile = fields.CharField(max_length=64)
    started_on = fields.DateField()
    expires_on = fields.DateField()
    starter = fields.CharField(max_length=64)
    state = fields.CharField(max_length=12)
    heads = fields.IntField()
    area_dm2 = fields.BigIntField()
    struck = fields.IntField()
    reply = fields.TextField(null=True)
    replied_on = fields.DateField(null=True)
    served_on = fields.DateField(null=True)
    due_on = fields.DateField(null=True)
    answered_on = fields.DateField(null=True)
    answer = fields.CharField(max_length=32, null=True)
    lapsed_on = fields.DateField(null=True)
    ended_on = fields.DateField(null=True)

    class Meta:
        """Named by its noun."""

        table = "petition"


class PetitionLine(Model):
    """One signature, sealed to the office: whose it is stands in `sealed` alone, `mark` is a keyed digest of it."""

    id = fields.IntField(primary_key=True)
    petition: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Petition", related_name="lines", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    state = fields.CharField(max_length=12)
    mark = fields.CharField(max_length=64)
    area_commitment = fields.BinaryField()
    sealed = fields.BinaryField()
    serial = fields.CharField(max_length=20, null=True)
    photo = fields.BinaryField(null=True)
    entered_by = fields.CharField(max_length=64, null=True)
    agreed_by = fields.CharField(max_length=64, null=True)
    back_by = fields.CharField(max_length=64, null=True)
    strike = fields.CharField(max_length=16, null=True)

    class Meta:
        """A number and a paper stand once in a petition."""

        table = "petition_line"
        unique_together = (("petition", "number"), ("petition", "serial"))
