"""What a PDF brings for people who hear it: structure and a title. None: not looked at."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities_document", "0001_paper")]

    operations = [
        migrations.AddField("paper", "tagged", models.BooleanField(null=True)),
        migrations.AddField("paper", "titled", models.BooleanField(null=True)),
    ]
