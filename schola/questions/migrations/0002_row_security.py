"""On PostgreSQL, these tables show only the rows of the organization in which we act."""

from django.db import migrations

from schola.kernel.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("questions", "0001_answers"),
    ]

    operations = [
        SecureRows("Answer"),
    ]
