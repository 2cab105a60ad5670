"""What tests of people share: the office of an administrator, and a folder for their files."""

import pytest


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA = tmp_path


@pytest.fixture
def office(signed_in, otto):
    return signed_in(otto)
