"""Accounts of people who sign in: passkeys, recovery codes, invitations, sessions, roles, and what they did."""

from tortoise import migrations


class Migration(migrations.Migration):
    dependencies = [("vote", "0003_operation")]

    operations = []
