"""The people of the demo school."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["learner", "instructor", "teaching_assistant", "manager", "auditor", "administrator"]


@dataclass(frozen=True)
class Person:
    """key: the name before the @ of the sign-in. manager: the key of whom they report to.

    pace  how the person studies, from 0 (hardly) to 1 (always at once); talent: how well
    """

    key: str
    full_name: str
    called: str
    role: Role
    unit: str = ""
    manager: str = ""
    group: str = ""
    language: str = "en"
    pace: float = 0.7
    talent: float = 0.75

    @property
    def mail(self) -> str:
        return f"{self.key}@northgate.example"


def _learner(
    key: str, full_name: str, unit: str, pace: float, talent: float, **more: str
) -> Person:
    called = more.pop("called", full_name.split()[0])
    group = more.pop("group", "Group B")
    return Person(
        key, full_name, called, "learner", unit, "nora", group, pace=pace, talent=talent, **more
    )


STAFF = (
    Person("lena", "Lena Hartmann", "Dr Hartmann", "instructor", "Mathematics", language="de"),
    Person("tomasz", "Tomasz Zieliński", "Tomasz", "instructor", "Data protection", language="pl"),
    Person("nora", "Nora Lindqvist", "Nora", "manager", "Learning", language="sv"),
    Person("omar", "Omar Haddad", "Omar", "administrator", "Administration", language="ar"),
    Person("priya", "Priya Raghunathan", "Priya", "teaching_assistant", "Mathematics"),
    Person("ingrid", "Ingrid Solheim", "Ingrid", "auditor", "Administration", language="nb"),
)
LEARNERS = (
    _learner("amara", "Amara Okafor", "Sales", 0.9, 0.86),
    _learner("mateo", "Mateo Fernández García", "Sales", 0.8, 0.72, language="es"),
    _learner("yuki", "Yuki Watanabe", "Design", 0.95, 0.95, language="ja"),
    _learner("fatima", "Fatima Al-Zahra Benali", "Finance", 0.85, 0.9, language="ar"),
    _learner("liam", "Liam O’Sullivan", "Support", 0.5, 0.62),
    _learner("meiling", "Chen Mei-Ling", "Personnel", 0.9, 0.88, called="Mei-Ling", language="zh"),
    _learner("kwame", "Kwame Asante", "Support", 0.7, 0.78),
    _learner("sofia", "Sofía Ramírez", "Finance", 0.75, 0.8, language="es"),
    _learner("arjun", "Arjun Mehta", "Engineering", 0.98, 0.92),
    _learner("elif", "Elif Şahin", "Design", 0.6, 0.7, language="tr"),
    _learner("hiroshi", "Hiroshi Tanaka", "Engineering", 0.65, 0.83, language="ja"),
    _learner("rosa", "Rosa Delgado", "Personnel", 0.8, 0.76, language="es"),
    _learner("femi", "Femi Adeyemi", "Support", 0.55, 0.8, group="Group A"),
    _learner("anna", "Anna Kowalczyk", "Finance", 0.88, 0.84, group="Group A", language="pl"),
    _learner("noa", "Noa Ben-David", "Design", 0.72, 0.9, group="Group A", language="he"),
    _learner("tevita", "Tevita Fonua", "Sales", 0.35, 0.58, group="Group A"),
    _learner("leila", "Leila Hosseini", "Engineering", 0.82, 0.87, group="Group A", language="fa"),
    _learner("suda", "Suda", "Support", 0.15, 0.6, group="Group A", language="id"),
)
PEOPLE = (*STAFF, *LEARNERS)
