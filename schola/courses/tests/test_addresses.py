from schola.courses.models import Activity, Course


def test_a_row_of_a_hand_written_query_is_the_row_of_the_orm(add, course):
    made = add("quiz", points=10, rule={"when": "passed", "fraction": 0.5})

    found = Activity.from_url({"course": course.slug, "item": made.key})

    plain = Activity.objects.select_related("course").get(pk=made.pk)
    assert vars_of(found) == vars_of(plain)
    assert vars_of(found.course) == vars_of(plain.course)
    assert vars_of(Course.from_url({"course": course.slug})) == vars_of(plain.course)


def vars_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
