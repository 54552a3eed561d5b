"""Rows: the encrypted tally, trustees' shares, the result. Never changed, never deleted."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class EncryptedTally(Model):
    """The weighted sum of an election's effective ballots, still sealed."""

    id = fields.IntField(primary_key=True)
    election: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Election", related_name="encrypted_tally", on_delete=fields.RESTRICT
    )
    body = fields.BinaryField()
    num_tallied = fields.IntField()
    total_weight = fields.BigIntField()

    class Meta:
        """One an election."""

        table = "encrypted_tally"


class Share(Model):
    """A trustee's partial decryption that passed every check, with the extra proof beside it (SPEC §7)."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="shares", on_delete=fields.RESTRICT
    )
    trustee = fields.IntField()
    payload = fields.BinaryField()
    extra_proof = fields.BinaryField()

    class Meta:
        """One share a trustee, in the order in which they came."""

        table = "share"
        unique_together = (("election", "trustee"),)
        ordering = ("id",)


class Result(Model):
    """The opened totals: as the archive has them, and as people read them."""

    id = fields.IntField(primary_key=True)
    election: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Election", related_name="result", on_delete=fields.RESTRICT
    )
    body = fields.BinaryField()
    finding = fields.BinaryField()
    opened_at = fields.DatetimeField()

    class Meta:
        """One an election."""

        table = "result"
