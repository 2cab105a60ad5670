"""Taking the demo school away, with all that hangs on it."""

from django.db import models, transaction
from django.db.models import CASCADE, PROTECT

from schola.courses.models import ActivityVersion, Course
from schola.demo.content import COURSES
from schola.demo.school import MAIL_DOMAIN
from schola.kernel import search
from schola.kernel.files import unnamed_of
from schola.kernel.models import File
from schola.kernel.naming import names_in
from schola.people.models import Group, Person, User


@transaction.atomic
def uproot_demo() -> None:
    """Delete the demo people and what they did, the demo courses and what anybody did there.

    Groups go if they have only demo people, files if nothing else names them. The audit trail and
    the organization stay.
    """
    people = Person.objects.filter(email__endswith=MAIL_DOMAIN)
    slugs = [course.slug for course in COURSES]
    courses = Course.objects.filter(slug__in=slugs, enrollments__person__in=people).distinct()
    course_ids = list(courses.values_list("pk", flat=True))
    files = _files_of(course_ids)
    groups = Group.objects.filter(members__person__in=people)
    group_ids = [group.pk for group in groups.distinct() if not _has_others(group)]
    users = list(people.exclude(user=None).values_list("user_id", flat=True))
    search.remove_courses(*course_ids)
    search.remove("person", *people.values_list("pk", flat=True))
    for rows in (
        Course.objects.filter(pk__in=course_ids),
        Group.objects.filter(pk__in=group_ids),
        people,
    ):
        uproot(rows)
    uproot(File.objects.filter(pk__in=unnamed_of(File.objects.filter(pk__in=files))))
    User.objects.filter(pk__in=users, persons=None).delete()


def uproot(rows: models.QuerySet) -> None:
    """Delete the rows and, before them, every row that would not let them go."""
    ids = list(rows.values_list("pk", flat=True))
    if not ids:
        return
    for relation in rows.model._meta.get_fields(include_hidden=True):
        if getattr(relation, "on_delete", None) in (CASCADE, PROTECT):
            holders = relation.related_model._default_manager
            uproot(holders.filter(**{f"{relation.field.name}__in": ids}))
    rows.model._default_manager.filter(pk__in=ids).delete()


def _has_others(group: Group) -> bool:
    return group.members.exclude(person__email__endswith=MAIL_DOMAIN).exists()


def _files_of(course_ids: list[int]) -> list[int]:
    """Return the files that were made with these courses, not what anybody sent of the same bytes.

    The demo is built at one moment, which its files and the versions that name them have in common.
    """
    versions = ActivityVersion.objects.filter(activity__course__in=course_ids)
    rows = list(versions.values_list("config", "published_at"))
    named = {name for config, _ in rows for name in names_in(str(config)) if isinstance(name, str)}
    made = File.objects.filter(sha256__in=named, created_at__in={at for _, at in rows if at})
    return list(made.values_list("pk", flat=True))
