import pytest

from schola.kernel.models import File, Job, Organization
from schola.kernel.pii import personal, personal_columns, untagged_text_columns


def test_personal_columns_are_known_with_their_kind():
    assert personal_columns(File) == {"name": "file name"}
    assert personal_columns(Organization) == {}
    assert "arguments" in personal_columns(Job)


def test_no_text_column_of_the_kernel_is_untagged():
    assert [name for name in untagged_text_columns() if name.startswith("kernel.")] == []


def test_a_tag_on_a_column_that_is_not_there_is_a_mistake():
    with pytest.raises(ValueError, match="File has no column 'nmae'"):
        personal(nmae="name")(File)
