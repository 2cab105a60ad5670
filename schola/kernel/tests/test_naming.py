import pytest

from schola.kernel.models import Upload
from schola.kernel.naming import names_no_files


def test_a_mistake_in_a_name_is_said():
    with pytest.raises(ValueError, match="Upload has no column 'flie'"):
        names_no_files("flie")(Upload)
