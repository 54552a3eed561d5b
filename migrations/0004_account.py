"""Accounts of people who sign in: passkeys, recovery codes, invitations, sessions, roles, and what they did.

What is over stays over: a used code, an accepted invitation, a revoked grant and an ended session are never undone, and
events are only added.
"""

from tortoise import fields, migrations
from tortoise.fields.base import OnDelete
from tortoise.migrations import operations as ops

from ._operations import add_checks, add_indexes, fixed, only_grow, refuse

ROLES = "'staff', 'registrar', 'trustee', 'phones', 'desk', 'organiser', 'community', 'sub_district'"
CHECKS = (
    ("account_grant", "account_grant_scope", "division_id IS NULL OR estate_id IS NULL"),
    ("account_invitation", "account_invitation_scope", "division_id IS NULL OR estate_id IS NULL"),
    (
        "account_invitation",
        "account_invitation_accepted",
        "(accepted_at IS NULL) = (accepted_by_id IS NULL) AND made_at < expires_at",
    ),
    ("account_session", "account_session_how", "how IN ('passkey', 'recovery', 'provider', 'invitation')"),
    ("account_session", "account_session_times", "started_at <= seen_at AND started_at <= renewed_at"),
    ("passkey", "passkey_count", "sign_count >= 0"),
    ("sign_in_challenge", "sign_in_challenge_purpose", "purpose IN ('register', 'sign-in', 'provider')"),
    ("allowance", "allowance_not_negative", "thousandths >= 0"),
    ("account_event", "account_event_role", f"role IN ({ROLES}) AND count >= 0"),
)
INDEXES = (
    ("account_grant_account", "account_grant (account_id)"),
    ("account_grant_division", "account_grant (division_id)"),
    ("account_grant_estate", "account_grant (estate_id)"),
    ("account_grant_granted_by", "account_grant (granted_by_id)"),
    ("duty_holder_account", "duty_holder (account_id)"),
    ("account_session_account", "account_session (account_id)"),
    ("passkey_account", "passkey (account_id)"),
    ("sign_in_challenge_account", "sign_in_challenge (account_id)"),
    ("sign_in_challenge_expires", "sign_in_challenge (expires_at)"),
    ("recovery_code_account", "recovery_code (account_id)"),
    ("account_invitation_division", "account_invitation (division_id)"),
    ("account_invitation_estate", "account_invitation (estate_id)"),
    ("account_invitation_invited_by", "account_invitation (invited_by_id)"),
    ("account_invitation_accepted_by", "account_invitation (accepted_by_id)"),
    ("account_identity_account", "account_identity (account_id)"),
    ("account_event_account", "account_event (account_id)"),
    ("account_event_estate", "account_event (estate_id)"),
    ("account_event_election", "account_event (election_id, entitlement)"),
)
FIXED = (
    (
        "account_grant",
        "OLD.revoked_at IS NOT NULL",
        ("account_id", "division_id", "estate_id", "granted_by_id", "granted_at", "revoked_at"),
    ),
    (
        "account_invitation",
        "OLD.accepted_at IS NOT NULL",
        ("digest", "division_id", "estate_id", "invited_by_id", "made_at", "accepted_by_id", "accepted_at"),
    ),
    ("recovery_code", "OLD.used_at IS NOT NULL", ("account_id", "digest", "made_at", "used_at")),
    (
        "account_session",
        "OLD.ended_at IS NOT NULL",
        ("account_id", "digest", "previous", "how", "started_at", "ended_at"),
    ),
)
"""Table, from when on, and the columns that then stay as they are; the row stays too."""


class Migration(migrations.Migration):
    dependencies = [("vote", "0003_operation")]

    operations = [
        ops.CreateModel(
            name="Account",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("handle", fields.CharField(unique=True, max_length=64)),
                ("sealed_name", fields.BinaryField()),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("closed_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "A person who signs in, known to passkeys by a handle.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Allowance",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("thousandths", fields.IntField()),
                ("counted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "allowance",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "How many more tries somebody has, in thousandths. The digest does not tell who they are.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Challenge",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("purpose", fields.CharField(max_length=16)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="challenges",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("body", fields.TextField(unique=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "sign_in_challenge",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "What a passkey or a provider has to answer, for a short time and once, then the row is gone.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="DutyHolder",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "role_key",
                    fields.OneToOneField(
                        "vote.RoleKey",
                        source_field="role_key_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="holder",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="duties",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("joined_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "duty_holder",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "To whom a place in an election belongs, once its holder has opened the invitation.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Event",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("kind", fields.CharField(max_length=32)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("role", fields.CharField(max_length=16)),
                ("person", fields.CharField(max_length=64)),
                (
                    "estate",
                    fields.ForeignKeyField(
                        "vote.Estate",
                        source_field="estate_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="account_events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "election",
                    fields.ForeignKeyField(
                        "vote.Election",
                        source_field="election_id",
                        null=True,
                        db_constraint=True,
                        to_field="uuid",
                        related_name="account_events",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("entitlement", fields.IntField(null=True)),
                ("count", fields.IntField()),
                ("happened_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_event",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "That somebody looked at personal data or changed what others rely on. Rows are only added.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Grant",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="grants",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "division",
                    fields.ForeignKeyField(
                        "vote.Division",
                        source_field="division_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="grants",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "estate",
                    fields.ForeignKeyField(
                        "vote.Estate",
                        source_field="estate_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="grants",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "granted_by",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="granted_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="granted",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("granted_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("revoked_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_grant",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "That an account is staff of a division or an estate, or of everything where neither is named.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Identity",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="identities",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("issuer", fields.CharField(max_length=200)),
                ("subject", fields.CharField(max_length=255)),
                ("linked_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_identity",
                "app": "vote",
                "unique_together": (("issuer", "subject"),),
                "pk_attr": "id",
                "table_description": "An account's name at a provider that signs people in for us.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Invitation",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("sealed_name", fields.BinaryField()),
                (
                    "division",
                    fields.ForeignKeyField(
                        "vote.Division",
                        source_field="division_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="invitations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "estate",
                    fields.ForeignKeyField(
                        "vote.Estate",
                        source_field="estate_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="invitations",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                (
                    "invited_by",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="invited_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="invited",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("expires_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                (
                    "accepted_by",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="accepted_by_id",
                        null=True,
                        db_constraint=True,
                        to_field="id",
                        related_name="accepted",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("accepted_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_invitation",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "A link by which somebody becomes staff somewhere, good once and for some days.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Passkey",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="passkeys",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("credential", fields.CharField(unique=True, max_length=1364)),
                ("public_key", fields.BinaryField()),
                ("sign_count", fields.BigIntField()),
                ("label", fields.CharField(max_length=60)),
                ("added_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "passkey",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "A passkey's public part.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="RecoveryCode",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="recovery_codes",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("made_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("used_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "recovery_code",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "The digest of a code that signs in once without a passkey.",
            },
            bases=["Model"],
        ),
        ops.CreateModel(
            name="Session",
            fields=[
                ("id", fields.IntField(generated=True, primary_key=True, unique=True, db_index=True)),
                (
                    "account",
                    fields.ForeignKeyField(
                        "vote.Account",
                        source_field="account_id",
                        db_constraint=True,
                        to_field="id",
                        related_name="sessions",
                        on_delete=OnDelete.RESTRICT,
                    ),
                ),
                ("digest", fields.CharField(unique=True, max_length=64)),
                ("previous", fields.CharField(null=True, unique=True, max_length=64)),
                ("how", fields.CharField(max_length=16)),
                ("device", fields.CharField(max_length=60)),
                ("started_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("seen_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("renewed_at", fields.DatetimeField(auto_now=False, auto_now_add=False)),
                ("ended_at", fields.DatetimeField(null=True, auto_now=False, auto_now_add=False)),
            ],
            options={
                "table": "account_session",
                "app": "vote",
                "pk_attr": "id",
                "table_description": "A browser that is signed in. The cookie holds a random word, this row its digest.",
            },
            bases=["Model"],
        ),
        add_checks(*CHECKS),
        add_indexes(*INDEXES),
        only_grow("account_event"),
        refuse(*(each for row in FIXED for each in fixed(*row))),
    ]
