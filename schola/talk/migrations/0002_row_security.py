"""On PostgreSQL, these tables show only the rows of the organization in which we act."""

from django.db import migrations

from schola.kernel.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("talk", "0001_notices"),
    ]

    operations = [
        SecureRows("Notice"),
    ]
