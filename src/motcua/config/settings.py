"""All settings, in one place. Every environment variable is described in docs/ops/settings.md."""

from __future__ import annotations

from typing import Any

from motcua.config import addresses, database, env, failed_jobs
from motcua.config.places import ROOT, SOURCE, state_dir
from motcua.dossiers.rules.lookup_channels import read_channels
from motcua.kernel.codes import check_pattern
from motcua.kernel.provinces import PROVINCES

# --- Where and who we are --------------------------------------------------------------------------------
PROVINCE = env.choice("MOTCUA_PROVINCE", ("kon-tum", "quang-ngai", "dak-lak", "phu-tho"), "dak-lak")
PUBLIC_URL = env.text("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = PUBLIC_URL.startswith("https://")
STATE_DIR = state_dir()
DEMO = env.flag("MOTCUA_DEMO", False)
HOTLINE = env.text("MOTCUA_HOTLINE")
LOOKUP_CHANNELS = env.tables("MOTCUA_LOOKUP_CHANNELS", "channel", read_channels)
INCIDENT_CONTACTS = env.words("MOTCUA_INCIDENT_CONTACTS")
# No text gives these two numbers (mark: house).
INCIDENT_DECLARE_WITHIN_HOURS = env.number("MOTCUA_INCIDENT_DECLARE_WITHIN_HOURS", 24)
INCIDENT_ENTER_WITHIN_DAYS = env.number("MOTCUA_INCIDENT_ENTER_WITHIN_DAYS", 5)
# For how long a letter of apology is public where the regulation publishes it: no text says (mark: house).
APOLOGIES_PUBLIC_DAYS = env.number("MOTCUA_APOLOGIES_PUBLIC_DAYS", 365)
# How many other documents one dossier holds: no text says (mark: house).
MOST_OTHER_DOCUMENTS = env.number("MOTCUA_MOST_OTHER_DOCUMENTS", 50)
# For how long the spreadsheet of a list can be fetched: no text says (mark: house).
EXPORTS_KEPT_DAYS = env.number("MOTCUA_EXPORTS_KEPT_DAYS", 30)
# By reference TT 01/2018 Đ19 (found); a regulation that names its own pattern goes before.
DOSSIER_CODE_PATTERN = env.checked("MOTCUA_DOSSIER_CODE_PATTERN", "{agency}-{date}-{serial}", check_pattern)

# --- Secrets and hosts -----------------------------------------------------------------------------------
DEBUG = False
PLACEHOLDER_KEY = "not-secret-only-for-tests-and-type-checking-000000"
SECRET_KEY = env.text("MOTCUA_SECRET_KEY", PLACEHOLDER_KEY)
SECRET_KEY_FALLBACKS = env.words("MOTCUA_SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = addresses.answered(
    PUBLIC_URL, env.words("MOTCUA_ALLOWED_HOSTS", "127.0.0.1 localhost [::1] testserver")
)
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]

# --- Apps and the way of a request -------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "axes",
    "motcua.audit",
    "motcua.accounts",
    "motcua.agencies",
    "motcua.notify",
    "motcua.documents",
    "motcua.catalogue",
    "motcua.incidents",
    "motcua.process",
    "motcua.dossiers",
    "motcua.theme",
    "motcua.portal",
    "motcua.desk",
    "django.forms",  # behind those that have templates of widgets of their own
]
MIDDLEWARE = [
    "motcua.config.kiosk.answer_at_the_kiosk",  # first, so that it has every answer
    "motcua.config.compression.CompressPages",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.config.security.add_headers",  # outside of whatever answers by itself
    "django.middleware.security.SecurityMiddleware",
    "motcua.config.security.refuse_huge_requests",
    "motcua.config.pages.answer_machines",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.config.maintenance.answer_while_stopped",
    "motcua.config.security.refuse_unusable_text",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.theme.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "motcua.theme.middleware.VietnameseIsMarked",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "motcua.theme.middleware.RefusalPages",
    "motcua.desk.refusals.DeskRefusals",  # asked first: the last here sees an exception first
    "motcua.theme.middleware.PagesHaveOwners",
    "motcua.accounts.receivers.AccountGate",
]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [SOURCE / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.theme.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- Database and jobs -------------------------------------------------------------------------------------
# What is asked often is prepared on the server; switch off behind a pooler that cannot keep it.
DATABASE_PREPARES = env.flag("MOTCUA_DATABASE_PREPARES", True)
DATABASES: dict[str, dict[str, Any]] = {
    "default": database.from_url(env.text("DATABASE_URL"))
    if env.text("DATABASE_URL")
    else database.embedded(
        STATE_DIR / "postgres", f"motcua_{'demo_' if DEMO else ''}{PROVINCE.replace('-', '_')}"
    )
}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DATABASES["default"]["OPTIONS"] |= {
    "server_side_binding": True,  # or nothing that Django asks could be prepared
    "prepare_threshold": 4 if DATABASE_PREPARES else None,
}
if DATABASE_PREPARES:
    # What is prepared is planned for whom it asks about: one plan for all units reads a busy one twenty times
    # as long. Acts ask by keys only and keep their plans (`dossiers.services.tables.lock`).
    database.add_option(DATABASES["default"], "plan_cache_mode=force_custom_plan")
if POOL_SIZE := env.number("MOTCUA_DB_POOL", 0):  # `motcua serve` sets it: one connection for each thread
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": POOL_SIZE,
        "timeout": 4,
        "reconnect_timeout": 2,
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PROCRASTINATE_ON_APP_READY = None
PROCRASTINATE_WORKER_DEFAULTS = {"worker_middleware": [failed_jobs.keep_why]}

# --- Language and time -------------------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "motcua_language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SECURE = IS_HTTPS
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True

# --- Accounts, sessions, lockout ---------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "motcua.accounts.services.backends.EntryBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if DEMO:
    PASSWORD_HASHERS.insert(0, "motcua.config.demo.hashing.QuickHasher")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = env.number("MOTCUA_LOCKOUT_FAILURES", 5)
AXES_COOLOFF_TIME = env.number("MOTCUA_LOCKOUT_MINUTES", 15) / 60
LOCKOUT_NAME_FAILURES = env.number("MOTCUA_LOCKOUT_NAME_FAILURES", 50)
LOCKOUT_NAME_HOURS = env.number("MOTCUA_LOCKOUT_NAME_HOURS", 24)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = False  # accounts.services.log_in does it: axes would look under another name
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a stranger could keep somebody out for ever
AXES_SENSITIVE_PARAMETERS = ["username", "identifier", "personal_id", "phone", "email", "ip_address"]
AXES_VERBOSE = False
AXES_ENABLE_ACCESS_FAILURE_LOG = False
SILENCED_SYSTEM_CHECKS = [
    "axes.W002",  # no AxesMiddleware: the log-in page shows the refusal itself
    "security.W021",  # to preload a domain into browsers is the decision of whoever owns it
]
OFFICER_IDLE_MINUTES = env.number("MOTCUA_OFFICER_IDLE_MINUTES", 30)
PASSWORD_CHANGE_ROUTE = "desk:change_password"  # noqa: S105 - the name of a page
ROUTES_OPEN_BEFORE_PASSWORD_CHANGE = ("desk:log_out", "portal:log_out", "set_language")
TERMS_ROUTES = {"officer": "desk:acknowledge_terms", "citizen": "portal:acknowledge_terms"}
DEVICES_ROUTES = {"officer": "desk:devices", "citizen": "portal:devices"}
ROUTES_OPEN_BEFORE_TERMS = (  # what helps to decide, to leave, and the texts themselves
    *TERMS_ROUTES.values(),
    *ROUTES_OPEN_BEFORE_PASSWORD_CHANGE,
    PASSWORD_CHANGE_ROUTE,
    "portal:terms",
    "portal:privacy",
    "portal:help",
    "portal:contact",
)
SESSION_ENGINE = "motcua.accounts.services.session_store"
SESSION_COOKIE_NAME = "motcua_session"
SESSION_COOKIE_AGE = env.number("MOTCUA_SESSION_HOURS", 8) * 3600
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "motcua_csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "motcua.config.pages.form_expired"

# --- Transport security ------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_HTTPS and env.flag("MOTCUA_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = ["^health$", "^ready$"]
SECURE_HSTS_SECONDS = env.number("MOTCUA_HSTS_SECONDS", 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_SECONDS > 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("MOTCUA_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    AXES_CLIENT_IP_CALLABLE = "motcua.config.security.address_behind_proxy"

# --- Files -------------------------------------------------------------------------------------------------
MEDIA_ROOT = env.folder(
    "MOTCUA_MEDIA_DIR", STATE_DIR / "demo" / PROVINCE / "files" if DEMO else STATE_DIR / "files"
)
STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
WHITENOISE_MAX_AGE = 3600
S3_BUCKET = env.text("MOTCUA_S3_BUCKET")
_FILES: dict[str, Any] = {"BACKEND": "motcua.documents.services.folder.FolderStorage"}
if S3_BUCKET:
    _FILES = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.text("MOTCUA_S3_ENDPOINT") or None,
            "region_name": env.text("MOTCUA_S3_REGION") or None,
            "access_key": env.text("MOTCUA_S3_ACCESS_KEY") or None,
            "secret_key": env.text("MOTCUA_S3_SECRET_KEY") or None,
            "default_acl": None,
            "file_overwrite": True,  # names are content hashes: writing again writes the same bytes
            "querystring_auth": True,
        },
    }
STORAGES: dict[str, dict[str, Any]] = {
    "default": _FILES,
    "documents": _FILES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DOCUMENTS_MAX_MEGABYTES = env.number("MOTCUA_FILE_LIMIT_MB", 20)
DOCUMENTS_DRAWING_SECONDS = env.number("MOTCUA_DRAWING_SECONDS", 8)
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
DATA_UPLOAD_MAX_NUMBER_FILES = 60
MAX_REQUEST_BYTES = env.number("MOTCUA_MAX_REQUEST_MB", 160) * 1024 * 1024

# --- E-mail ------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("MOTCUA_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("MOTCUA_SMTP_PORT", 1025)
EMAIL_HOST_USER = env.text("MOTCUA_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("MOTCUA_SMTP_PASSWORD")
EMAIL_USE_TLS = env.choice("MOTCUA_SMTP_SECURITY", ("none", "starttls", "tls"), "none") == "starttls"
EMAIL_USE_SSL = env.text("MOTCUA_SMTP_SECURITY") == "tls"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text(
    "MOTCUA_MAIL_FROM", f"Cổng Dịch vụ công {PROVINCES[PROVINCE]} <khong-tra-loi@motcua.invalid>"
)

# --- Logs: what happened, never to whom --------------------------------------------------------------------
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "motcua.config.security.WithoutPersonalData",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
        }
    },
    "root": {"handlers": ["console"], "level": env.text("MOTCUA_LOG_LEVEL", "WARNING")},
    "loggers": {
        "motcua": {"level": env.text("MOTCUA_LOG_LEVEL", "INFO")},
        "django": {"handlers": [], "propagate": True, "level": "WARNING"},
        "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
    },
}
