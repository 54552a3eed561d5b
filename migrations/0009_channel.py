"""By which channel a ballot came: over the network, or from somebody whom the desk had seen."""

from tortoise import fields, migrations

from ._operations import AddColumn, add_checks


class Migration(migrations.Migration):
    dependencies = [("vote", "0008_holders")]

    operations = [
        AddColumn(
            model_name="Ballot",
            name="channel",
            # Whatever was cast before anybody asked came over the network.
            field=fields.CharField(default="phone", db_default="phone", max_length=8),
        ),
        add_checks(("ballot", "ballot_channel", "channel IN ('phone', 'desk')")),
    ]
