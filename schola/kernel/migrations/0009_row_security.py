"""On PostgreSQL, these tables show only the rows of the organization in which we act."""

from django.db import migrations

from schola.kernel.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0008_full_text"),
    ]

    operations = [
        SecureRows(
            "AuditEntry",
            "AuditHead",
            "AuditValues",
            "File",
            "Job",
            "SearchEntry",
            "Signal",
            "StoredAnswer",
            "Upload",
        ),
    ]
