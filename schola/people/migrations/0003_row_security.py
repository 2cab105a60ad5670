"""On PostgreSQL, these tables show only the rows of the organization in which we act."""

from django.db import migrations

from schola.kernel.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0002_people_imports"),
    ]

    operations = [
        SecureRows(
            "Group",
            "GroupMember",
            "ImportRow",
            "Person",
            "PersonImport",
            "Role",
            "RoleGrant",
            "Session",
            "SignInToken",
        ),
    ]
