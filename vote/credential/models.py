"""Rows: public credentials, letter numbers, one-time codes, owners' agreements to vote electronically."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Credential(Model):
    """The public half of an entitlement's voting key, with the weight it carries.

    If the key has two parts, the public half and the proof of each, and the platform's secret part, sealed.
    """

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="credentials", on_delete=fields.RESTRICT
    )
    entitlement: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Entitlement", related_name="credentials", on_delete=fields.RESTRICT
    )
    public = fields.CharField(max_length=64)
    weight = fields.BigIntField()
    letter_public = fields.CharField(max_length=64, null=True)
    letter_proof: dict[str, str] | None = fields.JSONField(null=True)
    platform_public = fields.CharField(max_length=64, null=True)
    platform_proof: dict[str, str] | None = fields.JSONField(null=True)
    platform_part = fields.BinaryField(null=True)

    class Meta:
        """One credential an entitlement, one entitlement a credential."""

        table = "credential"
        unique_together = (("election", "entitlement"), ("election", "public"))


class LetterNumber(Model):
    """The number of a printed letter, as a keyed digest, the credential's last one that is not revoked is good."""

    id = fields.IntField(primary_key=True)
    credential: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Credential", related_name="letter_numbers", on_delete=fields.RESTRICT
    )
    digest = fields.CharField(max_length=64, unique=True)
    issued_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        """In the order issued."""

        table = "letter_number"
        ordering = ("id",)


class OneTimeCode(Model):
    """A code that was sent to an owner's phone, as a keyed digest."""

    id = fields.IntField(primary_key=True)
    letter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.LetterNumber", related_name="codes", on_delete=fields.RESTRICT
    )
    phone: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Phone", related_name="codes", on_delete=fields.RESTRICT
    )
    digest = fields.CharField(max_length=64)
    issued_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    tries = fields.IntField(default=0)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        """In the order sent."""

        table = "one_time_code"
        ordering = ("id",)


class Agreement(Model):
    """An owner's agreement to vote electronically, signed with the voting key, kept as evidence."""

    id = fields.IntField(primary_key=True)
    letter: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.LetterNumber", related_name="agreement", on_delete=fields.RESTRICT
    )
    document = fields.BinaryField()
    signed_at = fields.DatetimeField()

    class Meta:
        """One a letter: whoever gets a new one agrees anew."""

        table = "agreement"


class ActingSaid(Model):
    """Who somebody said to be who opened a voting key with letter and code, never changed, never deleted."""

    id = fields.IntField(primary_key=True)
    letter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.LetterNumber", related_name="said", on_delete=fields.RESTRICT
    )
    acting = fields.CharField(max_length=8)
    said_at = fields.DatetimeField()

    class Meta:
        """In the order said."""

        table = "acting_said"
        ordering = ("id",)


class SealedCopy(Model):
    """The registrars' letters, sealed for two cards that the server never sees."""

    id = fields.IntField(primary_key=True)
    election: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Election", related_name="sealed_copy", on_delete=fields.RESTRICT
    )
    body = fields.BinaryField()
    stored_at = fields.DatetimeField()

    class Meta:
        """At most one an election."""

        table = "sealed_copy"


class DeskCheck(Model):
    """Two people saw an owner in person, the code that the second one is shown stands in for the one by message."""

    id = fields.IntField(primary_key=True)
    letter: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.LetterNumber", related_name="desk_checks", on_delete=fields.RESTRICT
    )
    seen_by = fields.CharField(max_length=64)
    seen_at = fields.DatetimeField()
    agreed_by = fields.CharField(max_length=64, null=True)
    issued_at = fields.DatetimeField(null=True)
    digest = fields.CharField(max_length=64, null=True)
    expires_at = fields.DatetimeField(null=True)
    tries = fields.IntField(default=0)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        """In the order begun."""

        table = "desk_check"
        ordering = ("id",)
