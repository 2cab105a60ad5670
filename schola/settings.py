"""Every setting, in one file, read from the environment. See docs/reference/settings.md."""

from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules

from schola.kernel import env
from schola.kernel.database import database

BASE = Path(__file__).parent

DEBUG = env.flag("SCHOLA_DEBUG", True)
SECRET_KEY = env.text("SCHOLA_SECRET_KEY", "insecure-development-key" if DEBUG else None)
DATA = Path(env.text("SCHOLA_DATA", str(BASE.parent / "data"))).absolute()

# The site's own address, and the sub-host on which packages and files of others are served.
SITE_URL = env.text("SCHOLA_URL", "http://schola.localhost:8000").rstrip("/")
CONTENT_URL = env.text("SCHOLA_CONTENT_URL", SITE_URL.replace("://", "://content.", 1)).rstrip("/")
ALLOWED_HOSTS = ["*"]  # kernel.hosts answers only the hosts of an organization and CONTENT_URL's
SECURE = SITE_URL.startswith("https://")


def plugins_in(folder: str) -> list[str]:
    """Return the packages of a plugin folder: to add a plugin, add its folder."""
    found = iter_modules([str(BASE / folder)])
    return sorted(f"schola.{folder}.{module.name}" for module in found if module.ispkg)


INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "template_partials",
    "django_tasks",
    "django_prose_editor",
    "schola.kernel",
    "schola.people",
    "schola.courses",
    "schola.enrollment",
    "schola.records",
    "schola.grading",
    "schola.completion",
    "schola.talk",
    "schola.questions",
    *plugins_in("activities"),
    *(point.module for point in entry_points(group="schola.plugins")),
    "schola.pages",
    "schola.demo",
]
ROOT_URLCONF = "schola.urls"
ROOT_FLOW = "schola.flow"

DATABASES = {"default": database(env.text("DATABASE_URL", f"sqlite:///{DATA}/schola.sqlite3"))}
AUTH_USER_MODEL = "people.User"
PASSWORD_HASHERS = ["schola.people.passwords.Argon2id"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
AUTH_PASSWORD_VALIDATORS[0]["OPTIONS"] = {"min_length": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"
