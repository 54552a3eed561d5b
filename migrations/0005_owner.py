"""What owners say for themselves on their way to voting."""

from tortoise import migrations


class Migration(migrations.Migration):
    dependencies = [("vote", "0004_account")]

    operations = []
