"""What clerks record while an election is prepared and open."""

from tortoise import migrations


class Migration(migrations.Migration):
    dependencies = [("vote", "0005_owner")]

    operations = []
