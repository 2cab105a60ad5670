"""On PostgreSQL, these tables show only the rows of the organization in which we act."""

from django.db import migrations

from schola.kernel.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("activities_assignment", "0001_submissions"),
    ]

    operations = [
        SecureRows("Submission"),
    ]
