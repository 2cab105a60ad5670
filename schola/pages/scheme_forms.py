"""What authors type about how grades are counted: a form of its own for each row."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schola.courses.models import Course
from schola.grading.actions import CategoryWords, SchemeWords
from schola.grading.models import GradeCategory, GradeItem, GradeScheme

EMPTY_ROWS = 2  # for new categories


class GeneralForm(forms.Form):
    late_percent = forms.DecimalField(
        label=_("Taken off for each day late, in percent"), min_value=0, max_value=100,
        max_digits=5, decimal_places=2, required=False,
        help_text=_("Of the points of the activity. Leave it empty if being late costs nothing."),
    )  # fmt: skip
    ungraded_counts = forms.BooleanField(
        label=_("What has no grade yet counts as 0"), required=False
    )
    letters = forms.BooleanField(label=_("Show the total as a letter, too"), required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)


class CategoryForm(forms.Form):
    id = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(label=_("Category"), max_length=80, required=False)
    weight = forms.DecimalField(
        label=_("Percent of the total"), min_value=0, max_value=100, max_digits=5,
        decimal_places=2, required=False,
    )  # fmt: skip
    drop_lowest = forms.IntegerField(
        label=_("Leave out the lowest"), min_value=0, max_value=20, required=False
    )


class ItemForm(forms.Form):
    policy = forms.ChoiceField(
        label=_("Of several attempts"),
        choices=[
            ("best", _("the best counts")),
            ("last", _("the last counts")),
            ("first", _("the first counts")),
            ("average", _("the average counts")),
        ],
    )
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, categories: list[GradeCategory], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(str(each.pk), each.name) for each in categories]
        self.fields["category"].choices = [("", _("Everything else")), *choices]


class SchemeForms:
    """All of them together, from what is stored and, after a POST, what was typed."""

    def __init__(self, course: Course, data: Any = None) -> None:
        scheme = GradeScheme.objects.filter(course=course).first() or GradeScheme(course=course)
        names = ("late_percent", "ungraded_counts", "letters", "revision")
        values = {name: getattr(scheme, name) for name in names}
        categories = list(GradeCategory.objects.filter(course=course).order_by("position", "pk"))
        items = GradeItem.objects.filter(course=course, removed_at=None).order_by("pk")
        self.sorted = bool(categories)  # there is a category to put something into
        self.general = GeneralForm(data, initial=values, prefix="g")
        self.categories = [
            CategoryForm(data, initial=_values(each), prefix=f"c{number}")
            for number, each in enumerate([*categories, *[None] * EMPTY_ROWS])
        ]
        self.items = [
            (item, ItemForm(
                data, categories=categories, prefix=f"i{item.pk}",
                initial={"policy": item.policy, "category": item.category_id or ""},
            ))
            for item in items
        ]  # fmt: skip

    def is_valid(self) -> bool:
        every = [self.general, *self.categories, *(form for _item, form in self.items)]
        return all(form.is_valid() for form in every)

    @property
    def revision(self) -> int:
        return self.general.cleaned_data["revision"]

    def words(self) -> SchemeWords:
        """Return what was typed. A category whose name was emptied is taken away."""
        said = self.general.cleaned_data
        rows = [form.cleaned_data for form in self.categories if form.cleaned_data["name"]]
        places = {str(row["id"]): place for place, row in enumerate(rows) if row["id"]}
        return SchemeWords(
            late_percent=said["late_percent"] or Decimal(0),
            ungraded_counts=said["ungraded_counts"],
            letters=said["letters"],
            categories=tuple(
                CategoryWords(
                    row["id"], row["name"], row["weight"] or Decimal(0), row["drop_lowest"] or 0
                )
                for row in rows
            ),
            items={
                item.pk: (form.cleaned_data["policy"], places.get(form.cleaned_data["category"]))
                for item, form in self.items
            },
        )


def _values(category: GradeCategory | None) -> dict[str, Any]:
    if category is None:
        return {}
    names = ("id", "name", "weight", "drop_lowest")
    return {name: getattr(category, name) for name in names}
