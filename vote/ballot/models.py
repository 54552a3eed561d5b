"""Rows: the ballot box. Nothing in it is ever changed or deleted, except a ballot's note of intake."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class BallotIntake(Model):
    """A ballot that was wholly received and is being checked, its moment decides whether it was in time."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="intakes", on_delete=fields.RESTRICT
    )
    received_at = fields.DatetimeField()

    class Meta:
        """Ballots under way."""

        table = "ballot_intake"


class Ballot(Model):
    """An accepted ballot: its bytes, its place among the ballots of its credential, and the promise given for it."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="ballots", on_delete=fields.RESTRICT
    )
    credential: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Credential", related_name="ballots", on_delete=fields.RESTRICT
    )
    sequence = fields.IntField()
    supersedes: fields.OneToOneNullableRelation[Any] = fields.OneToOneField(
        "vote.Ballot", related_name="superseded_by", on_delete=fields.RESTRICT, null=True
    )
    tracker = fields.CharField(max_length=43)
    data = fields.BinaryField()
    received_at = fields.DatetimeField()
    promise = fields.BinaryField()
    channel = fields.CharField(default="phone", db_default="phone", max_length=8)

    class Meta:
        """A ballot is in the box once; the ballots of a credential are numbered from 1."""

        table = "ballot"
        unique_together = (("election", "tracker"), ("credential", "sequence"))


class BallotPosition(Model):
    """Where a ballot stands in the archive, drawn by lot within its pool, in order within a credential."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="positions", on_delete=fields.RESTRICT
    )
    position = fields.IntField()
    ballot: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Ballot", related_name="place", on_delete=fields.RESTRICT
    )

    class Meta:
        """A place holds one ballot."""

        table = "ballot_position"
        unique_together = (("election", "position"),)
        ordering = ("position",)


class BallotSalt(Model):
    """The salt under which a ballot's entry commits to how the ballot came."""

    id = fields.IntField(primary_key=True)
    ballot: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Ballot", related_name="salt", on_delete=fields.RESTRICT
    )
    salt = fields.BinaryField()

    class Meta:
        """One for each ballot that has a place."""

        table = "ballot_salt"


class BallotPool(Model):
    """Ballots that were shuffled and shown together."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="pools", on_delete=fields.RESTRICT
    )
    number = fields.IntField()
    ballots = fields.IntField()
    released_at = fields.DatetimeField()

    class Meta:
        """Numbered from 1."""

        table = "ballot_pool"
        unique_together = (("election", "number"),)


class SetAside(Model):
    """A ballot that a dispute took out before counting, it stays in the box and is not counted."""

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="set_aside", on_delete=fields.RESTRICT
    )
    ballot: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.Ballot", related_name="set_aside", on_delete=fields.RESTRICT
    )
    kind = fields.CharField(max_length=16)
    set_aside_at = fields.DatetimeField()

    class Meta:
        """Once a ballot."""

        table = "set_aside"
