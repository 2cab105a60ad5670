"""Every row belongs to an organization, knows its scopes, and says what in it is personal."""

from django.apps import apps

from schola.kernel.permissions import capabilities
from schola.kernel.pii import untagged_text_columns
from schola.kernel.tenants import Owned

BELONG_TO_NOBODY = {
    "kernel.Organization": "it is what the others belong to",
    "kernel.Schedule": "a clock of the whole installation",
    "people.SignInFailure": "limits on guessing count over all doors of the installation",
    "people.User": "one sign-in may be a person in several organizations",
}
SCOPES = {"course", "group", "person"}


def tables():
    return [model for model in apps.get_models() if model.__module__.startswith("schola.")]


def owned_tables():
    return [model for model in tables() if issubclass(model, Owned)]


def test_every_row_is_owned_by_an_organization():
    homeless = {model._meta.label for model in tables()} - {
        model._meta.label for model in owned_tables()
    }

    assert homeless == BELONG_TO_NOBODY.keys()


def test_every_table_says_how_its_rows_lead_to_their_scopes():
    wrong = [
        (model._meta.label, scope)
        for model in owned_tables()
        for scope in getattr(model, "scope_paths", {"missing": ""}).keys() - SCOPES
    ]

    assert not wrong


def test_every_path_to_a_scope_is_a_path_of_columns():
    queries = [
        model._base_manager.filter(**{f"{path}__in": []})  # FieldError if there is no such path
        for model in owned_tables()
        for path in model.scope_paths.values()
    ]

    assert queries


def test_every_table_names_the_capability_that_shows_it():
    unknown = [
        model._meta.label
        for model in owned_tables()
        if getattr(model, "view_capability", None) not in capabilities
    ]

    assert not unknown


def test_every_text_column_says_whether_it_is_personal():
    assert untagged_text_columns() == []


def test_no_table_orders_itself():
    assert not [model._meta.label for model in tables() if model._meta.ordering]
