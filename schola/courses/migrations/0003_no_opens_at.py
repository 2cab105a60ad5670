"""When an activity opens is a condition over a date; the column beside it was never written."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0002_row_security"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="activity", name="activity_opens_before_due"),
        migrations.RemoveField(model_name="activity", name="opens_at"),
    ]
