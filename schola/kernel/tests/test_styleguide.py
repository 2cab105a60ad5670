import re

import pytest

from schola.kernel.names import initials
from schola.kernel.styleguide import ICONS


@pytest.mark.django_db
def test_every_part_is_shown_without_inline_script_or_style(client, school):
    page = client.get("/styleguide?theme=dark")

    text = page.content.decode()
    assert page.status_code == 200
    assert 'data-theme="dark"' in text
    assert 'style="' not in text
    assert re.findall(r"<script(?![^>]*(?:src=|importmap))", text) == []


@pytest.mark.django_db
def test_a_field_that_is_wrong_says_so_and_is_tied_to_the_words(client, school):
    text = client.get("/styleguide").content.decode()

    (control,) = re.findall(r"<input[^>]*name=\"grade\"[^>]*>", text)
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_grade-error"' in control
    assert 'class="field wrong"' in text


@pytest.mark.django_db
def test_an_unknown_theme_is_not_written_into_the_page(client, school):
    assert "data-theme" not in client.get('/styleguide?theme="><script>').content.decode()


def test_every_icon_is_in_the_file(settings):
    drawn = (settings.BASE / "kernel/static/icons.svg").read_text()

    assert [name for name in ICONS if f'id="{name}"' not in drawn] == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Amara Okafor", "AO"),
        ("Grace Wanjiru Mwangi", "GM"),
        ("Zoë", "Z"),
        ("e\u0301lan vital", "E\u0301V"),
        ("李明", "李"),
        ("", ""),
    ],
)
def test_initials_are_letters_as_a_reader_sees_them(name, letters):
    assert initials(name) == letters
