"""The people of the demo school, their sign-ins, roles and groups."""

from django.contrib.auth.hashers import make_password

from schola.demo.content.people import LEARNERS, PEOPLE
from schola.people import actions
from schola.people.models import Group, Person, User

NAME = "Northgate College"
PASSWORD = "schola-demo-2026"
MAIL_DOMAIN = "@northgate.example"
EVERYWHERE = ("manager", "auditor", "administrator")  # roles held in the whole school


def make_people() -> None:
    """Make everybody and the two groups. The password is hashed once, for it is no secret."""
    encoded = make_password(PASSWORD)
    for each in PEOPLE:
        user, _made = User.objects.update_or_create(email=each.mail, defaults={"password": encoded})
        person = actions.add_person(
            each.mail,
            each.full_name,
            invited=False,
            user=user,
            called="" if each.called == each.full_name else each.called,
            attributes={"unit": each.unit, "manager": each.manager},
        )
        if each.role in EVERYWHERE:
            actions.give_role(person, each.role)
    for name in sorted({each.group for each in LEARNERS}):
        mails = [each.mail for each in LEARNERS if each.group == name]
        members = Person.objects.filter(email__in=mails).order_by("pk")
        actions.add_to_group(_group(name), members.values_list("pk", flat=True))


def _group(name: str) -> Group:
    return Group.objects.filter(name=name).first() or actions.make_group(name)
