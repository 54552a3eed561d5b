"""Rows: divisions of the county, estates, buildings, units."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class Division(Model):
    """A county, sub-district or community, each but a county lies in another."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=16)
    name = fields.CharField(max_length=100)
    parent: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Division", related_name="children", on_delete=fields.RESTRICT, null=True
    )

    class Meta:
        """A name stands once under its parent (counties: a partial index in the migration)."""

        table = "division"
        unique_together = (("parent", "kind", "name"),)


class Estate(Model):
    """One property-management area: one owners' assembly (Regulations on Property Management art. 9)."""

    id = fields.CharField(max_length=40, primary_key=True)
    name = fields.CharField(max_length=100)
    community: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Division", related_name="estates", on_delete=fields.RESTRICT
    )

    class Meta:
        """An estate's name stands once in its community."""

        table = "estate"
        unique_together = (("community", "name"),)


class Building(Model):
    """A building of an estate."""

    id = fields.IntField(primary_key=True)
    estate: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="buildings", on_delete=fields.RESTRICT
    )
    name = fields.CharField(max_length=40)

    class Meta:
        """A building's name stands once in its estate."""

        table = "building"
        unique_together = (("estate", "name"),)


class Unit(Model):
    """One exclusive part: a room behind an entrance of a building, the entrance is empty where there is only one."""

    id = fields.IntField(primary_key=True)
    building: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Building", related_name="units", on_delete=fields.RESTRICT
    )
    entrance = fields.CharField(max_length=20)
    room = fields.CharField(max_length=20)

    class Meta:
        """A unit stands once in its building."""

        table = "unit"
        unique_together = (("building", "entrance", "room"),)
