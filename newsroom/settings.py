"""Newsroom's settings, from the environment; docs/operating/settings.md lists every variable."""

from datetime import timedelta
from pathlib import Path

from newsroom.environment import (
    Said,
    as_browsers_say,
    is_local,
    keep_private,
    kept_secret,
    refuse_mistakes,
    requested_host,
    writable_folder,
)

BASE_DIR = Path(__file__).resolve().parent.parent
env = Said(BASE_DIR / ".env")

# --- Where we are -----------------------------------------------------------------------------------

VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")
PORT = env.int("PORT", 8000)
THREADS = env.int("THREADS", 8)
SITE_URL = as_browsers_say(env.str("SITE_URL", f"http://localhost:{PORT}"))
LOCAL = is_local(SITE_URL)
DEBUG = env.bool("DEBUG", False)
TIME_ZONE = env.str("TIME_ZONE", "Europe/London")
LANGUAGE_CODE = env.str("LANGUAGE_CODE", "en-gb")
LOG_LEVEL = env.str("LOG_LEVEL", "INFO").upper()
SECRET_KEY = env.str("SECRET_KEY", "")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    ["localhost", "127.0.0.1", "[::1]"] if LOCAL else [requested_host(SITE_URL)],
    subcast=lambda host: host.strip(),
)

# --- The paper --------------------------------------------------------------------------------------

NEWSROOM = {
    "NAME": env.str("NEWSROOM_NAME", "The Newsroom"),
    "TAGLINE": env.str("NEWSROOM_TAGLINE", "News, plainly told"),
    "URL": SITE_URL,
    "LANGUAGE": LANGUAGE_CODE,
}

# --- Django -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "taggit",
    "ckeditor",
    "js_asset",
    "adminsortable2",
    "axes",
    "whitenoise.runserver_nostatic",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "newsroom.apps.StaticFiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "articles.middleware.SecurityHeaders",
    "articles.middleware.Compression",
    "articles.middleware.CleanAddresses",
    "articles.middleware.DatabaseAway",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "articles.admin.flag.DeskFlagMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
USE_I18N = True
USE_TZ = True

# --- Database ---------------------------------------------------------------------------------------

DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}", conn_max_age=0)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    writable_folder(Path(DATABASES["default"]["NAME"]).parent)
    keep_private(DATABASES["default"]["NAME"])
    DATABASES["default"]["OPTIONS"] = {
        # Writers queue instead of failing half way; readers are never blocked by a writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
    # Opening the file anew takes longer than most pages' queries. PostgreSQL has its pool instead.
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # A connection for each thread that answers requests, one for the press and one for its pictures.
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": THREADS + 2, "timeout": 5}}
    # A database that was started anew costs nobody an error page: dead connections are found before use.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- Files ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.static_storage.HashedStaticStorage"
    },
}
# CKEditor finds its plugins by their plain names, so the unhashed copies must stay.
WHITENOISE_KEEP_ONLY_HASHED_FILES = False
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o644

# --- The press: readers' printed pages --------------------------------------------------------------

PRESS = {
    "SHELF": env.path("PRESS_SHELF", VAR_DIR / "shelf"),
    # A thread of the web server prints, unless `manage.py press run` does it as a process of its own.
    "EMBEDDED": env.bool("PRESS_EMBEDDED", True),
    "CACHE_CONTROL": env.str(
        "PRESS_CACHE_CONTROL",
        "public, max-age=0, must-revalidate, stale-while-revalidate=60, stale-if-error=86400",
    ),
    "MEMORY": env.int("PRESS_MEMORY_MB", 32) * 1024 * 1024,
    # Stores in front that keep pages: Varnish and the like by PURGE, a CDN by its API.
    "PURGE_ADDRESSES": env.list("PRESS_PURGE_ADDRESSES", [], subcast=lambda store: store.strip()),
    "PURGE_API": env.str("PRESS_PURGE_API", ""),
    "PURGE_TOKEN": env.str("PRESS_PURGE_TOKEN", ""),
}

# --- Who may come in --------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["newsroom.log_in.Brake", "django.contrib.auth.backends.ModelBackend"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not LOCAL
SECURE_HSTS_SECONDS = 0 if LOCAL else 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not LOCAL
SECURE_REDIRECT_EXEMPT = [r"^health/"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Five wrong passwords for one account from one address, then a quarter of an hour's rest; newsroom/log_in.py.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = f"newsroom.log_in.{'forwarded' if BEHIND_PROXY else 'own'}_address"
# What is kept of a failed log-in goes with the quarter of an hour; of the others nothing is.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# Many a password is typed where the name belongs: names stay out of the log.
AXES_SENSITIVE_PARAMETERS = ["username"]

# --- Tags, editor, warnings -------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
# CKEditor 4 is out of free support; docs/decisions/0003 says what keeps it safe here.
# The log-in form says by itself that it is stopped, so requests are spared the middleware of axes.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001", "axes.W002"]

# --- Logs -------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "axes": {"level": "WARNING"},
        # A reader who asks for a page that isn't there is no event: only what failed here is.
        "django.request": {"level": "ERROR"},
    },
}

# --- All of it judged, and only then anything made --------------------------------------------------

refuse_mistakes(
    env.mistakes,
    site_url=SITE_URL,
    secret_key=SECRET_KEY,
    debug=DEBUG,
    hosts=ALLOWED_HOSTS,
    time_zone=TIME_ZONE,
    language=LANGUAGE_CODE,
    log_level=LOG_LEVEL,
    port=PORT,
)
if not SECRET_KEY:
    SECRET_KEY = kept_secret(VAR_DIR / "secret-key.txt")
