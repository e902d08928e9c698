"""Newsroom's settings, from the environment; docs/operating/settings.md lists every variable."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import quote
from zoneinfo import available_timezones

from django.conf.global_settings import LANGUAGES

from newsroom.configuration.alarms import alarm_mistakes, check_webhook, parse_addresses
from newsroom.configuration.backup_store import access_to_backups, backup_mistakes, check_place
from newsroom.configuration.database_url import check_url, database_settings, is_sqlite
from newsroom.configuration.environment import SECRETS, Said, refuse_mistakes
from newsroom.configuration.metrics import metrics_mistakes, parse_listening
from newsroom.configuration.musts import parse_musts
from newsroom.configuration.own_files import keep_private, kept_secret, writable_folder
from newsroom.configuration.paper_files import (
    check_page,
    parse_contacts,
    parse_icon,
    parse_text_file,
)
from newsroom.configuration.picture_store import (
    BUCKET,
    check_endpoint,
    check_pictures_host,
    picture_storages,
    purge_mistakes,
)
from newsroom.configuration.policies import POLICY_VARIABLES, check_own_page
from newsroom.configuration.second_factor import parse_groups
from newsroom.configuration.sentry import check_dsn
from newsroom.configuration.single_sign_on import (
    check_issuer,
    oidc_mistakes,
    parse_mapping,
    parse_values,
)
from newsroom.configuration.site_address import (
    as_browsers_say,
    is_local,
    parse_hosts,
    requested_host,
)
from newsroom.configuration.stores import (
    CACHE_CONTROL,
    check_api,
    check_hub,
    check_token,
    parse_stores,
)
from newsroom.logs import in_one_line

BASE_DIR = Path(__file__).resolve().parent.parent
env = Said(BASE_DIR / ".env")
SAID_IN_FILE = env.from_file

# --- Where we are -----------------------------------------------------------------------------------

VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var", base=BASE_DIR)
PORT = env.number("PORT", 8000, lowest=1, highest=65_535)
THREADS = env.number("THREADS", 8, lowest=3, highest=500)
SITE_URL = as_browsers_say(env.text("SITE_URL", f"http://localhost:{PORT}"))
LOCAL = is_local(SITE_URL)
DEBUG = env.switch("DEBUG", False)
TIME_ZONE = env.one_of(
    "TIME_ZONE", "Europe/London", available_timezones(), write="a zone's name, like Europe/London"
)
LANGUAGE_CODE = env.one_of(
    "LANGUAGE_CODE", "en-gb", dict(LANGUAGES), write="a language that Django knows, like en-gb"
)
LOG_LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
LOG_LEVEL = env.one_of(
    "LOG_LEVEL", "INFO", [*LOG_LEVELS, *map(str.lower, LOG_LEVELS)], write=f"one of {', '.join(LOG_LEVELS)}"
).upper()
LOG_FORMAT = env.one_of("LOG_FORMAT", "line", ["line", "json"], write="line or json")
# Errors are sent there, too.
SENTRY_DSN = env.text("SENTRY_DSN", "", check=check_dsn)
SECRET_KEY = env.text("SECRET_KEY", "")
ALLOWED_HOSTS = env.parsed(
    "ALLOWED_HOSTS",
    ["localhost", "127.0.0.1", "[::1]"] if LOCAL else [requested_host(SITE_URL)],
    parse_hosts,
)

# --- The paper --------------------------------------------------------------------------------------

NEWSROOM = {
    "NAME": env.matching("NEWSROOM_NAME", "The Newsroom", r".*\S", write="the paper's name"),
    "TAGLINE": env.text("NEWSROOM_TAGLINE", "News, plainly told"),
    "URL": SITE_URL,
    "LANGUAGE": LANGUAGE_CODE,
}
# What machines ask every site for: files of the operator's, and whom to tell of a hole.
SITE_FILES = {
    "ICON": env.parsed("NEWSROOM_ICON", None, parse_icon),
    "ROBOTS": env.parsed("ROBOTS_TXT", None, parse_text_file),
    "ADS": env.parsed("ADS_TXT", None, parse_text_file),
    "HUMANS": env.parsed("HUMANS_TXT", None, parse_text_file),
    "SECURITY_CONTACTS": env.parsed("SECURITY_CONTACT", [], parse_contacts),
    "SECURITY_POLICY": env.text("SECURITY_POLICY", "", check=check_page),
}
# What the paper holds itself to: pages to which structured data leads, by their names at schema.org.
POLICIES = {
    name: said
    for name, variable in POLICY_VARIABLES.items()
    if (said := env.text(variable, "", check=check_own_page))
}
# What articles should have, and at this paper must have before somebody publishes them.
ARTICLES_MUST_HAVE = env.parsed("ARTICLES_MUST_HAVE", frozenset(), parse_musts)
# Whether pictures leave readers' pages when they may be used no longer; the desk names them in any case.
ENDED_PICTURES_LEAVE = env.switch("ENDED_PICTURES_LEAVE", False)
# Fonts for drawings in scripts that the shipped one does not have.
FONTS_FOLDER = env.folder("NEWSROOM_FONTS", Path("/usr/share/fonts"), base=BASE_DIR)

# --- Django -----------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "articles.apps.ArticlesConfig",
    "taggit",
    "ckeditor",
    "js_asset",
    "adminsortable2",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    # So that the page of the API has its scripts from here.
    "ninja",
    "whitenoise.runserver_nostatic",
    "newsroom.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "newsroom.apps.StaticFiles",
]
MIDDLEWARE = [
    # First, so that answers of the other middleware (redirects, static files) carry the headers too.
    "articles.middleware.headers.SecurityHeaders",
    "articles.middleware.hosts.HealthHost",
    "articles.middleware.hosts.UnknownProxy",
    "articles.api.plain_http.PlainApi",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "articles.middleware.compression.Compression",
    "articles.middleware.legacy_queries.LegacyQueries",
    "articles.middleware.amp_parameters.AmpAddresses",
    "articles.middleware.feed_parameters.FeedParameters",
    "articles.middleware.database_away.AnswerWithoutDatabase",
    # Outside Django's own, which adds a slash: there is one redirect and not two.
    "articles.middleware.clean_addresses.CleanAddresses",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "articles.middleware.admission.Admission",
    "articles.middleware.audit_origin.AuditOrigin",
    "articles.middleware.desk_sessions.DeskSessions",
    "articles.middleware.desk_flag.DeskFlag",
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
    },
    {
        # Readers' pages; docs/decisions/0010 says why by another engine.
        "NAME": "readers",
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "articles.views.shared.templates.environment",
            "keep_trailing_newline": True,
        },
    },
]
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["newsroom.formats"]

# --- Database ---------------------------------------------------------------------------------------

DATABASE_URL = env.text("DATABASE_URL", f"sqlite:///{quote(str(VAR_DIR))}/newsroom.sqlite3", check=check_url)
# A connection for each thread that answers requests, one for the press, one for its pictures, and one for who
# looks after the site.
DATABASES = {"default": database_settings(DATABASE_URL, folder=BASE_DIR, connections=THREADS + 3)}

# --- Files ------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# A bucket of an S3-compatible store in which pictures are kept; without one, they are in MEDIA_ROOT.
bucket_name = "a bucket's name, like newsroom-pictures"
PICTURE_STORE = {
    "BUCKET": env.matching("PICTURES_BUCKET", "", BUCKET, write=bucket_name),
    "MASTERS_BUCKET": env.matching("PICTURES_MASTERS_BUCKET", "", BUCKET, write=bucket_name),
    "ENDPOINT": env.text("PICTURES_ENDPOINT", "", check=check_endpoint),
    "REGION": env.text("PICTURES_REGION", ""),
    "KEY_ID": env.text("PICTURES_KEY_ID", ""),
    "SECRET": env.text("PICTURES_SECRET", ""),
}
# Pages name pictures on this host: a CDN that asks the site.
PICTURES_HOST = env.text("PICTURES_HOST", "", check=check_pictures_host)
PICTURES_URL = PICTURES_HOST + MEDIA_URL
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    **picture_storages(PICTURE_STORE),
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

# --- Backups ----------------------------------------------------------------------------------------

# How the store is asked that they go to; as that of the pictures, if nothing is said.
BACKUP_STORE = {
    "ENDPOINT": env.text("BACKUP_ENDPOINT", "", check=check_endpoint),
    "REGION": env.text("BACKUP_REGION", ""),
    "KEY_ID": env.text("BACKUP_KEY_ID", ""),
    "SECRET": env.text("BACKUP_SECRET", ""),
}
BACKUP = {
    "FOLDER": env.folder("BACKUP_FOLDER", VAR_DIR / "backups", base=BASE_DIR),
    "STORE": env.text("BACKUP_STORE", "", check=check_place),
    "ACCESS": access_to_backups(BACKUP_STORE, PICTURE_STORE),
    # What a backup keeps of what the operator has said, and what of that only encrypted.
    "VARIABLES": env.names,
    "SECRETS": SECRETS,
}

# --- The press: readers' printed pages --------------------------------------------------------------

PRESS = {
    "SHELF": env.folder("PRESS_SHELF", VAR_DIR / "shelf", base=BASE_DIR),
    # A thread of the web server prints, unless `manage.py press run` does it as a process of its own.
    "EMBEDDED": env.switch("PRESS_EMBEDDED", True),
    "CACHE_CONTROL": env.matching(
        "PRESS_CACHE_CONTROL",
        "public, max-age=0, must-revalidate, stale-while-revalidate=60, stale-if-error=86400",
        CACHE_CONTROL,
        write="what HTTP knows for Cache-Control, like public, max-age=0, must-revalidate",
    ),
    "MEMORY": env.number("PRESS_MEMORY_MB", 32, lowest=0, highest=65_536) * 1024 * 1024,
    "WALK_YEARS": env.number("PRESS_WALK_YEARS", 0, lowest=0, highest=1000),
    # Stores in front that keep pages: Varnish and the like by PURGE, a CDN by its API.
    "PURGE_ADDRESSES": env.parsed("PRESS_PURGE_ADDRESSES", [], parse_stores),
    "PURGE_API": env.text("PRESS_PURGE_API", "", check=check_api),
    "PURGE_TOKEN": env.text("PRESS_PURGE_TOKEN", "", check=check_token),
    # The same for stores that keep pictures under PICTURES_HOST.
    "PICTURES_PURGE_ADDRESSES": env.parsed("PICTURES_PURGE_ADDRESSES", [], parse_stores),
    "PICTURES_PURGE_API": env.text("PICTURES_PURGE_API", "", check=check_api),
    "PICTURES_PURGE_TOKEN": env.text("PICTURES_PURGE_TOKEN", "", check=check_token),
}

# --- What readers open ------------------------------------------------------------------------------

# Articles say that they were opened, and fronts show those that were opened most often.
MOST_READ = env.switch("MOST_READ", True)

# --- Who is told of news ----------------------------------------------------------------------------

TELLING = {
    "HUB": env.text("WEBSUB_HUB", "", check=check_hub),
    "INDEXNOW_KEY": env.matching(
        "INDEXNOW_KEY", "", r"([A-Za-z0-9-]{8,128})?\Z", write="8 to 128 letters, digits and hyphens"
    ),
    "INDEXNOW_ADDRESS": env.text("INDEXNOW_ADDRESS", "https://api.indexnow.org/indexnow", check=check_hub),
}

# --- E-mail to people at the desk -------------------------------------------------------------------

# Without a server, e-mails are written to the console.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = env.number("EMAIL_PORT", 25, lowest=1, highest=65_535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_SECURITY = env.one_of(
    "EMAIL_SECURITY", "none", ["none", "starttls", "tls"], write="none, starttls or tls"
)
EMAIL_USE_TLS, EMAIL_USE_SSL = EMAIL_SECURITY == "starttls", EMAIL_SECURITY == "tls"
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.matching(
    "EMAIL_FROM",
    f"newsroom@{requested_host(SITE_URL)}",
    r"[^@\s]+@[^@\s]+|[^<>]*<[^@\s]+@[^@\s]+>",
    write="an address, like newsroom@example.org or The Newsroom <newsroom@example.org>",
)

# --- Who is told of trouble -------------------------------------------------------------------------

ALARMS = {
    "EMAIL": env.parsed("ALARM_EMAIL", [], parse_addresses),
    "WEBHOOK": env.text("ALARM_WEBHOOK", "", check=check_webhook),
}

# Numbers for Prometheus, at an address that the public can't reach.
METRICS = {
    "ADDRESS": env.parsed("METRICS", None, parse_listening),
    "TOKEN": env.text("METRICS_TOKEN", "", check=check_token),
}

# --- Who may come in --------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
] + [{"NAME": "newsroom.passwords.WordsOfThePaper"}]
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = ["newsroom.log_in.Brake", "django.contrib.auth.backends.ModelBackend"]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = not LOCAL
if not LOCAL:
    # Browsers take a cookie of such a name from this host alone, over https, and from none of its subdomains.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
# For so long browsers ask this host for nothing but https, whatever becomes of it meanwhile.
HSTS_DAYS = env.number("HSTS_DAYS", 1, lowest=0, highest=3650)
SECURE_HSTS_SECONDS = 0 if LOCAL else timedelta(days=HSTS_DAYS) // timedelta(seconds=1)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.switch("HSTS_SUBDOMAINS", False)
SECURE_HSTS_PRELOAD = env.switch("HSTS_PRELOAD", False)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
BEHIND_PROXY = env.switch("BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# Five wrong passwords for one account from one address, then a quarter of an hour's rest; newsroom/log_in.py.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = f"articles.http.client_address.{'forwarded' if BEHIND_PROXY else 'own'}_address"
# What is kept of a failed log-in goes with the quarter of an hour; of the others nothing is.
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
# Many a password is typed where the name belongs: names stay out of the log.
AXES_SENSITIVE_PARAMETERS = ["username"]

# Groups whose members must have a second factor to come in.
SECOND_FACTOR_FOR = env.parsed("SECOND_FACTOR_FOR", frozenset(), parse_groups)
OTP_TOTP_ISSUER = NEWSROOM["NAME"]

# A provider with which people of the desk may log in as well.
OIDC = {
    "OIDC_ISSUER": env.text("OIDC_ISSUER", "", check=check_issuer),
    "OIDC_CLIENT_ID": env.text("OIDC_CLIENT_ID", ""),
    "OIDC_CLIENT_SECRET": env.text("OIDC_CLIENT_SECRET", ""),
    "OIDC_NAME": env.text("OIDC_NAME", ""),
    # What the provider says of itself (acr, amr) where it has asked for a second factor.
    "OIDC_SECOND_FACTOR": env.parsed("OIDC_SECOND_FACTOR", frozenset(), parse_values),
    "OIDC_GROUPS": env.parsed("OIDC_GROUPS", {}, parse_mapping),
    "OIDC_GROUPS_CLAIM": env.text("OIDC_GROUPS_CLAIM", "groups"),
}

# After so many days a log-in ends, however often it is used; 0 is never.
LOG_IN_DAYS = env.number("LOG_IN_DAYS", 30, lowest=0, highest=3650)

# For how many days the audit log is kept; 0 is for ever.
AUDIT_DAYS = env.number("AUDIT_DAYS", 365, lowest=0, highest=36_500)

# --- Tags, editor, warnings -------------------------------------------------------------------------

TAGGIT_CASE_INSENSITIVE = True
# CKEditor 4 is out of free support; docs/decisions/0003 says what keeps it safe here.
# The log-in form says by itself that it is stopped, so requests are spared the middleware of axes.
# Without HSTS_SUBDOMAINS and HSTS_PRELOAD the paper promises nothing for hosts that are not its own.
SILENCED_SYSTEM_CHECKS = ["ckeditor.W001", "axes.W002", "security.W005", "security.W021"]

# --- Logs -------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "newsroom.logs.Line",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "json": {"()": "newsroom.logs.Json"},
    },
    "filters": {"in_one_line": {"()": "django.utils.log.CallbackFilter", "callback": in_one_line}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT, "filters": ["in_one_line"]}
    },
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
    env,
    *alarm_mistakes(addresses=ALARMS["EMAIL"], mail_server=EMAIL_HOST),
    *oidc_mistakes({name: said for name, said in OIDC.items() if name != "OIDC_GROUPS_CLAIM"}),
    *metrics_mistakes(METRICS["ADDRESS"], token=METRICS["TOKEN"], port=PORT),
    *purge_mistakes(PRESS, host=PICTURES_HOST),
    *backup_mistakes(BACKUP_STORE),
    site_url=SITE_URL,
    hosts=ALLOWED_HOSTS,
    secret_key=SECRET_KEY,
    debug=DEBUG,
    hsts=(HSTS_DAYS, SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD),
    pictures=PICTURE_STORE,
)
if is_sqlite(DATABASES["default"]):
    writable_folder(Path(DATABASES["default"]["NAME"]).parent)
    keep_private(Path(DATABASES["default"]["NAME"]))
if not SECRET_KEY:
    SECRET_KEY = kept_secret(VAR_DIR / "secret-key.txt")
