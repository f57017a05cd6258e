"""Every setting that is read before the database opens, in one file; the rest are typed rows edited at the desk.

Only this file reads the environment. It works with nothing set: data in ./data, SQLite, http://localhost:8000.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from stoa.rooms import ROOMS

ROOT = Path(__file__).resolve().parent.parent

# Networks that live in this house: apps of their own, spoken to over HTTP like any other network.
HOMES = [
    "stoa.social.networks.plaza.home",
    "stoa.social.networks.web_feed.home",
    "stoa.social.networks.newsletter.home",
]


def env(name: str, default: str = "") -> str:
    return os.environ.get(name, default).strip()


# The address that people type: the canonical origin of passkeys, mails, links and cookies.
STOA_URL = env("STOA_URL", "http://localhost:8000").rstrip("/")
# The folder that holds the database, files and keys of this installation.
STOA_DATA = Path(env("STOA_DATA", str(ROOT / "data"))).resolve()
# postgresql://user:password@host:port/name, or empty for SQLite in the data folder.
STOA_DATABASE = env("STOA_DATABASE")
# A file that holds the secret key; made in the data folder's keys/ when not named.
STOA_SECRET_FILE = Path(env("STOA_SECRET_FILE", str(STOA_DATA / "keys" / "secret")))
# Where things are kept that are made once a machine (web fonts), outside the data folder.
STOA_CACHE = Path(env("STOA_CACHE", str(Path.home() / ".cache" / "stoa"))).resolve()
# How many proxies stand in front of us and may be believed about the visitor's address.
STOA_PROXIES = int(env("STOA_PROXIES", "0"))
# Exact host:port pairs on this network that connectors may call, comma separated; our own origin is always one.
STOA_TRUSTED_PEERS = [peer for peer in env("STOA_TRUSTED_PEERS").split(",") if peer]
# "hashed" serves the static files that bin/run collected; "plain" takes them from where each app keeps them.
STOA_STATIC = env("STOA_STATIC", "plain")
# Bytes of the longest upload.
STOA_BODY_LIMIT = int(env("STOA_BODY_LIMIT", "60000000"))
# Threads that answer pages.
STOA_THREADS = int(env("STOA_THREADS", "4"))
# "off" leaves waking to the sweep alone: everything still happens, a little later.
STOA_WAKE = env("STOA_WAKE", "on") == "on"
# Threads of the worker that handle due rows; 0 handles them one after the other (tests).
STOA_WORK_THREADS = int(env("STOA_WORK_THREADS", "6"))
# "on" shows Python's own error pages; never in production.
DEBUG = env("STOA_DEBUG") == "on"


def secret_key() -> str:
    if STOA_SECRET_FILE.exists():
        return STOA_SECRET_FILE.read_text().strip()
    STOA_SECRET_FILE.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = os.urandom(32).hex()
    STOA_SECRET_FILE.write_text(key)
    STOA_SECRET_FILE.chmod(0o600)
    return key


SECRET_KEY = (
    secret_key() if STOA_SECRET_FILE.exists() or STOA_DATA.exists() else "tests and checks only, no data folder"
)

origin = urlsplit(STOA_URL)
SECURE = origin.scheme == "https"
ALLOWED_HOSTS = [origin.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [STOA_URL]
CSRF_FAILURE_VIEW = "stoa.base.pages.stale_form"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "stoa.base.server.static_files.StaticFiles",
    "django.forms",
    "django_htmx",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *[room.app for room in ROOMS],
    *HOMES,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "stoa.base.server.policy_header.SaysWhatMayLoad",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "stoa.base.middleware.MethodOverride",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stoa.base.middleware.ActorOfRequest",
    "stoa.base.sights.SeesAs",
    "stoa.people.middleware.ForgetsSentDrafts",
    "stoa.base.middleware.CarriesLinkCode",
    "stoa.base.middleware.Refusals",
]

ROOT_URLCONF = "stoa.urls"
WSGI_APPLICATION = "stoa.wsgi.application"

CONTEXT_PROCESSORS = [
    "django.template.context_processors.request",
    "django.contrib.auth.context_processors.auth",
    "django.contrib.messages.context_processors.messages",
    "stoa.base.shell.shell",
]
TEMPLATES = [
    {
        "NAME": "jinja",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [ROOT / app.replace(".", "/") / "templates" for app in (*(room.app for room in ROOMS), *HOMES)],
        "OPTIONS": {"environment": "stoa.base.jinja.environment", "context_processors": CONTEXT_PROCESSORS},
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": [ROOT / "stoa" / "people" / "dtl"],
        "OPTIONS": {"context_processors": CONTEXT_PROCESSORS},
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"


def database() -> dict[str, object]:
    if not STOA_DATABASE:
        return {
            "ENGINE": "stoa.base.sqlite",
            "NAME": STOA_DATA / "stoa.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cache_size=-4000;"
                ),
            },
            # Where the tests keep their database.
            "TEST": {"NAME": env("STOA_TEST_SQLITE", str(ROOT / "build" / "test.sqlite3"))},
        }
    url = urlsplit(STOA_DATABASE)
    socket = dict(pair.split("=", 1) for pair in url.query.split("&") if "=" in pair).get("host", "")
    return {
        "ENGINE": "stoa.base.postgres",
        "NAME": url.path.lstrip("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or unquote(socket),
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
    }


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["stoa.people.recognising.Recognises"]
SESSION_ENGINE = "stoa.people.sessions"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_USER_DISPLAY = "stoa.people.naming.name_of_account"
ACCOUNT_ADAPTER = "stoa.people.adapter.OurDoor"
ACCOUNT_FORMS = {"login": "stoa.people.entering.SignInForm"}
ACCOUNT_SIGNUP_FORM_CLASS = "stoa.people.forms.JoinForm"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "stoa.people.entering.PasskeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE

SESSION_COOKIE_NAME = "__Host-session" if SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [ROOT / "stoa" / "locale"]

STATIC_URL = "/static/"
STATIC_ROOT = STOA_DATA / "static"
STATICFILES_DIRS: list[Path] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": STOA_DATA / "files"}},
    "staticfiles": {
        "BACKEND": "stoa.base.server.static_files.HashedFiles"
        if STOA_STATIC == "hashed"
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# The parameter of an address that carries a link's code: such a request is never answered from kept pages.
STOA_LINK_PARAMETER = "via"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# The mail server: smtp://user:password@host:587 (STARTTLS; ?tls=off without) or smtps://…; empty keeps letters here to be read.
STOA_MAIL_URL = env("STOA_MAIL_URL")
EMAIL_BACKEND = "stoa.base.mail.backend.OutboxBackend"
# Whom mail is from.
DEFAULT_FROM_EMAIL = env("STOA_MAIL_FROM", "Stoa <stoa@localhost>")
SILENCED_SYSTEM_CHECKS = ["auth.W004"]  # e-mail is unique by a constraint on its lower case
