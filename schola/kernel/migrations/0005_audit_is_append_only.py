"""The database refuses to change or delete what stands in the audit trail."""

from django.db import migrations

from schola.kernel.audit.triggers import lay_triggers, lift_triggers


def lay(apps, editor):
    lay_triggers(editor)


def lift(apps, editor):
    lift_triggers(editor)


class Migration(migrations.Migration):
    dependencies = [
        ("kernel", "0004_audit"),
    ]

    operations = [migrations.RunPython(lay, lift)]
