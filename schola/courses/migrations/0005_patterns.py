"""Two patterns of covers get the names under which they are drawn."""

from django.db import migrations

from schola.kernel.tenants import everywhere

NAMES = {"grid": "hills", "rays": "beams"}


def rename(apps, editor):
    with everywhere():
        for was, weave in NAMES.items():
            apps.get_model("courses", "Course").objects.filter(weave=was).update(weave=weave)


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0004_module_revision"),
    ]

    operations = [migrations.RunPython(rename, migrations.RunPython.noop)]
