"""Every setting, in one file, read from the environment. See docs/reference/settings.md."""

from importlib.metadata import entry_points
from pathlib import Path
from pkgutil import iter_modules

from schola.kernel import env
from schola.kernel.database import database

BASE = Path(__file__).parent

# Django's own DEBUG stays off: its pages for errors tell strangers too much.
DEVELOPMENT = env.flag("SCHOLA_DEBUG", True)
SECRET_KEY = env.text("SCHOLA_SECRET_KEY", "insecure-development-key" if DEVELOPMENT else None)
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
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "template_partials.apps.SimpleAppConfig",
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
    "schola.reports",
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
TASKS = {"default": {"BACKEND": "schola.kernel.jobs.task_backend.JobBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "UTC"

MIDDLEWARE = [
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "schola.kernel.compress.Compress",
    "schola.kernel.headers.Headers",
    "schola.kernel.hosts.Hosts",
    "django.middleware.csrf.CsrfViewMiddleware",
    "schola.kernel.readable.Readable",
    "schola.people.sessions.Visitors",
    "schola.people.locale.Locale",
    "django.contrib.messages.middleware.MessageMiddleware",
    "schola.talk.acts.OfferUndo",
]
MESSAGE_TAGS = {25: "ok", 40: "bad", 30: "warn", 26: "undo"}
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"
LINES_JOINED = (
    "schola.kernel.template_lines.Loader",
    [
        "django.template.loaders.filesystem.Loader",
        "django.template.loaders.app_directories.Loader",
    ],
)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [("template_partials.loader.Loader", [LINES_JOINED])],
            "builtins": [
                "schola.kernel.templatetags.ui",
                "schola.kernel.templatetags.parts",
                "schola.kernel.templatetags.kept",
                "django.templatetags.i18n",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "schola.kernel.frame.frame",
            ],
        },
        "DIRS": sorted((BASE / "questions" / "types").glob("*/templates")),
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = BASE / "static_built"
STATICFILES_DIRS = [BASE / "assets" / "vendor"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "schola.kernel.static_names.DigestNames"},
}
WHITENOISE_MAX_AGE = 60
WHITENOISE_AUTOREFRESH = False
WHITENOISE_USE_FINDERS = False

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]  # offered from nine tenths of the words on
LOCALE_PATHS = [BASE / "locale"]
FORMAT_MODULE_PATH = ["schola.kernel.formats"]
USE_I18N = True

CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "schola.kernel.errors.csrf"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000

EMAIL_BACKEND = env.text(
    "SCHOLA_MAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend"
    if DEVELOPMENT
    else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_FILE_PATH = DATA / "mail"
EMAIL_HOST = env.text("SCHOLA_MAIL_HOST", "localhost")
EMAIL_PORT = env.number("SCHOLA_MAIL_PORT", 25)
EMAIL_HOST_USER = env.text("SCHOLA_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("SCHOLA_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("SCHOLA_MAIL_TLS", False)
DEFAULT_FROM_EMAIL = env.text("SCHOLA_MAIL_FROM", "Schola <schola@localhost>")

UNFINISHED_FILES = env.number("SCHOLA_UNFINISHED_FILES", 20)  # on their way, of one person
UNFINISHED_BYTES = env.number("SCHOLA_UNFINISHED_MB", 5000) * 1_000_000
RESERVE_BYTES = env.number("SCHOLA_RESERVE_MB", 1000) * 1_000_000  # that uploads leave on the disk
THREADS = env.number("SCHOLA_THREADS", 4)  # of one web process, that answer pages
LOG_LEVEL = env.text("SCHOLA_LOG_LEVEL", "INFO").upper()
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"schola": {"level": LOG_LEVEL}},
}
for _folder in (DATA, *STATICFILES_DIRS, STATIC_ROOT):
    _folder.mkdir(parents=True, exist_ok=True)
