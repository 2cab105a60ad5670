"""Loads Django on a data folder of its own, as in production. Import it before all of schola."""

import os
import tempfile

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "schola.settings")
os.environ.setdefault("SCHOLA_DATA", tempfile.mkdtemp(prefix="perf-"))
os.environ |= {
    "SCHOLA_LOG_LEVEL": "WARNING",
    "SCHOLA_DEBUG": "0",
    "SCHOLA_SECRET_KEY": "of a school that is thrown away",
    "SCHOLA_MAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
}
django.setup()
