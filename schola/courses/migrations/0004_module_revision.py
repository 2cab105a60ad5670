"""A module counts its titles, so that two authors do not rename it unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0003_no_opens_at"),
    ]

    operations = [
        migrations.AddField(
            model_name="module",
            name="revision",
            field=models.PositiveIntegerField(db_default=1, default=1),
        ),
    ]
