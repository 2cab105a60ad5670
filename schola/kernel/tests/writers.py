"""A mark for tests in which two write at the same moment."""

import pytest
from django.db import connection

two_writers = pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer")
