"""How a course is counted: its scheme, its categories, and what each attempt earned."""

import django.db.models.deletion
from django.db import migrations, models

from schola.kernel.row_security import SecureRows


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0002_row_security"),
        ("grading", "0002_row_security"),
        ("kernel", "0009_row_security"),
    ]

    operations = [
        migrations.AddField(
            model_name="fact",
            name="scores",
            field=models.JSONField(default=list),
        ),
        migrations.CreateModel(
            name="GradeCategory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("weight", models.DecimalField(decimal_places=2, max_digits=5)),
                ("drop_lowest", models.PositiveSmallIntegerField(default=0)),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "course",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grade_categories",
                        to="courses.course",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organization",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="gradeitem",
            name="category",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="items",
                to="grading.gradecategory",
            ),
        ),
        migrations.CreateModel(
            name="GradeScheme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("late_percent", models.DecimalField(decimal_places=2, default=0, max_digits=5)),
                ("ungraded_counts", models.BooleanField(default=False)),
                ("letters", models.BooleanField(default=False)),
                ("revision", models.PositiveIntegerField(default=0)),
                (
                    "course",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="grade_scheme",
                        to="courses.course",
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kernel.organization",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="gradecategory",
            constraint=models.CheckConstraint(
                condition=models.Q(("weight__range", (0, 100))), name="category_weight_is_a_percent"
            ),
        ),
        migrations.AddConstraint(
            model_name="gradecategory",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="category_has_a_name"
            ),
        ),
        migrations.AddConstraint(
            model_name="gradescheme",
            constraint=models.CheckConstraint(
                condition=models.Q(("late_percent__range", (0, 100))),
                name="late_percent_is_a_percent",
            ),
        ),
        SecureRows("GradeCategory", "GradeScheme"),
    ]
