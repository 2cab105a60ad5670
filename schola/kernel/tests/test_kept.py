from django.template import Context, Template
from django.utils import translation

COUNTED = "{% kept name=person.name %}{{ name }}{{ secret }}{% translate 'Monday' %}{% endkept %}"


def test_a_kept_part_is_rendered_once_for_the_same_values():
    made = []

    class Count:
        def __str__(self):
            made.append(1)
            return "x"

        def __hash__(self):
            return 1

        def __eq__(self, other):
            return True

    template = Template("{% kept it=it %}{{ it }}{% endkept %}")

    pages = [template.render(Context({"it": Count()})) for _ in range(3)]

    assert pages == ["x", "x", "x"]
    assert len(made) == 1


def test_a_kept_part_sees_nothing_that_it_does_not_name():
    template = Template(COUNTED)

    first = template.render(Context({"person": {"name": "Ada"}, "secret": "hers"}))
    second = template.render(Context({"person": {"name": "Tove"}, "secret": "his"}))

    assert first.startswith("AdaM")
    assert second.startswith("ToveM")


def test_a_kept_part_is_escaped_and_kept_by_language():
    template = Template(COUNTED)

    english = template.render(Context({"person": {"name": "<b>"}}))
    with translation.override("de"):
        german = template.render(Context({"person": {"name": "<b>"}}))

    assert english == "&lt;b&gt;Monday"
    assert german == "&lt;b&gt;Montag"
