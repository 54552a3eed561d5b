"""Rows: duties and their keys, accounts with what opens them, sessions, and what was done in whose name."""

from typing import Any

from tortoise import fields
from tortoise.models import Model


class RoleKey(Model):
    """The right of one person to act in one election under one duty.

    The key itself is shown once and not kept, `person` is a keyed digest of the name, `office` the body that sent them.
    """

    id = fields.IntField(primary_key=True)
    election: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="role_keys", on_delete=fields.RESTRICT
    )
    role = fields.CharField(max_length=16)
    slot = fields.IntField()
    digest = fields.CharField(max_length=64, unique=True)
    person = fields.CharField(max_length=64)
    office = fields.CharField(max_length=100)
    owner = fields.BooleanField()

    class Meta:
        """One key per role and slot of an election."""

        table = "role_key"
        unique_together = (("election", "role", "slot"),)


class Account(Model):
    """A person who signs in, known to passkeys by a handle."""

    id = fields.IntField(primary_key=True)
    handle = fields.CharField(max_length=64, unique=True)
    sealed_name = fields.BinaryField()
    made_at = fields.DatetimeField()
    closed_at = fields.DatetimeField(null=True)

    class Meta:
        """Named by its noun."""

        table = "account"


class Grant(Model):
    """That an account is staff of a division or an estate, or of everything where neither is named.

    Or that it sits on an estate's committee, by its role.
    """

    id = fields.IntField(primary_key=True)
    role = fields.CharField(max_length=16, default="staff", db_default="staff")
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="grants", on_delete=fields.RESTRICT
    )
    division: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Division", related_name="grants", on_delete=fields.RESTRICT, null=True
    )
    estate: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="grants", on_delete=fields.RESTRICT, null=True
    )
    granted_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="granted", on_delete=fields.RESTRICT, null=True
    )
    granted_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        """`grant` alone is a word of SQL."""

        table = "account_grant"


class DutyHolder(Model):
    """To whom a place in an election belongs, once its holder has opened the invitation."""

    id = fields.IntField(primary_key=True)
    role_key: fields.OneToOneRelation[Any] = fields.OneToOneField(
        "vote.RoleKey", related_name="holder", on_delete=fields.RESTRICT
    )
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="duties", on_delete=fields.RESTRICT
    )
    joined_at = fields.DatetimeField()

    class Meta:
        """A place has one holder."""

        table = "duty_holder"


class KeyRequest(Model):
    """That a new link was asked for in a sealed election, who agreed, and how it ended."""

    id = fields.IntField(primary_key=True)
    role_key: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.RoleKey", related_name="requests", on_delete=fields.RESTRICT
    )
    asked_at = fields.DatetimeField()
    asked_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="asked_keys", on_delete=fields.RESTRICT, null=True
    )
    agreed_at = fields.DatetimeField(null=True)
    agreed_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="agreed_keys", on_delete=fields.RESTRICT, null=True
    )
    ended_at = fields.DatetimeField(null=True)
    outcome = fields.CharField(max_length=8, null=True)

    class Meta:
        """One at a time in a place."""

        table = "key_request"


class Session(Model):
    """A browser that is signed in. The cookie holds a random word, this row its digest.

    While a new word is on its way to the browser the one before it opens too.
    """

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="sessions", on_delete=fields.RESTRICT
    )
    digest = fields.CharField(max_length=64, unique=True)
    previous = fields.CharField(max_length=64, null=True, unique=True)
    how = fields.CharField(max_length=16)
    device = fields.CharField(max_length=60)
    started_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    renewed_at = fields.DatetimeField()
    ended_at = fields.DatetimeField(null=True)

    class Meta:
        """`session` alone is a word of SQL."""

        table = "account_session"


class Passkey(Model):
    """A passkey's public part."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="passkeys", on_delete=fields.RESTRICT
    )
    credential = fields.CharField(max_length=1364, unique=True)
    public_key = fields.BinaryField()
    sign_count = fields.BigIntField()
    label = fields.CharField(max_length=60)
    added_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        """Named by its noun."""

        table = "passkey"


class Challenge(Model):
    """What a passkey or a provider has to answer, for a short time and once, then the row is gone."""

    id = fields.IntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    purpose = fields.CharField(max_length=16)
    account: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="challenges", on_delete=fields.RESTRICT, null=True
    )
    body = fields.TextField()
    expires_at = fields.DatetimeField()

    class Meta:
        """Named by its noun."""

        table = "sign_in_challenge"


class RecoveryCode(Model):
    """The digest of a code that signs in once without a passkey."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="recovery_codes", on_delete=fields.RESTRICT
    )
    digest = fields.CharField(max_length=64, unique=True)
    made_at = fields.DatetimeField()
    used_at = fields.DatetimeField(null=True)

    class Meta:
        """Named by its noun."""

        table = "recovery_code"


class Invitation(Model):
    """A link by which somebody becomes staff somewhere, good once and for some days.

    Or a member of an estate's committee, by its role.
    """

    id = fields.IntField(primary_key=True)
    role = fields.CharField(max_length=16, default="staff", db_default="staff")
    digest = fields.CharField(max_length=64, unique=True)
    sealed_name = fields.BinaryField()
    division: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Division", related_name="invitations", on_delete=fields.RESTRICT, null=True
    )
    estate: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="invitations", on_delete=fields.RESTRICT, null=True
    )
    invited_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="invited", on_delete=fields.RESTRICT, null=True
    )
    made_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    accepted_by: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="accepted", on_delete=fields.RESTRICT, null=True
    )
    accepted_at = fields.DatetimeField(null=True)

    class Meta:
        """Named by its noun."""

        table = "account_invitation"


class Identity(Model):
    """An account's name at a provider that signs people in for us."""

    id = fields.IntField(primary_key=True)
    account: fields.ForeignKeyRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="identities", on_delete=fields.RESTRICT
    )
    issuer = fields.CharField(max_length=200)
    subject = fields.CharField(max_length=255)
    linked_at = fields.DatetimeField()

    class Meta:
        """A name at a provider is one account."""

        table = "account_identity"
        unique_together = (("issuer", "subject"),)


class Allowance(Model):
    """How many more tries somebody has, in thousandths. The digest does not tell who they are."""

    id = fields.IntField(primary_key=True)
    digest = fields.CharField(max_length=64, unique=True)
    thousandths = fields.IntField()
    counted_at = fields.DatetimeField()

    class Meta:
        """Named by its noun."""

        table = "allowance"


class Event(Model):
    """That somebody looked at personal data or changed what others rely on. Rows are only added."""

    id = fields.IntField(primary_key=True)
    kind = fields.CharField(max_length=32)
    account: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Account", related_name="events", on_delete=fields.RESTRICT, null=True
    )
    role = fields.CharField(max_length=16)
    person = fields.CharField(max_length=64)
    estate: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Estate", related_name="account_events", on_delete=fields.RESTRICT, null=True
    )
    election: fields.ForeignKeyNullableRelation[Any] = fields.ForeignKeyField(
        "vote.Election", related_name="account_events", on_delete=fields.RESTRICT, null=True
    )
    entitlement = fields.IntField(null=True)
    count = fields.IntField()
    happened_at = fields.DatetimeField()

    class Meta:
        """Named by its noun."""

        table = "account_event"
