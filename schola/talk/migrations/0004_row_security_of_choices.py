"""On PostgreSQL, this table shows only the rows of the organization in which we act."""

from django.db import migrations

from schola.kernel.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("talk", "0003_choices_and_undo"),
    ]

    operations = [
        SecureRows("NoticeChoice"),
    ]
