"""All settings, in one place. Every environment variable is described in docs/ops/settings.md."""

from __future__ import annotations

from pathlib import Path

from motcua.config import database, env

SOURCE = Path(__file__).resolve().parent.parent
ROOT = SOURCE.parent.parent

PROVINCE = env.choice("MOTCUA_PROVINCE", ("kon-tum", "quang-ngai", "dak-lak", "phu-tho"), "dak-lak")
PUBLIC_URL = env.text("MOTCUA_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
STATE_DIR = env.folder("MOTCUA_STATE_DIR", ROOT / "var")
DEBUG = False
SECRET_KEY = env.text("MOTCUA_SECRET_KEY", "not-secret-only-for-tests-and-type-checking-000000")
ALLOWED_HOSTS = env.words("MOTCUA_ALLOWED_HOSTS", "127.0.0.1 localhost [::1] testserver")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
    "procrastinate.contrib.django",
    "axes",
    "motcua.audit",
    "motcua.accounts",
    "motcua.agencies",
    "motcua.notify",
    "motcua.documents",
    "motcua.catalogue",
    "motcua.process",
    "motcua.dossiers",
    "motcua.theme",
    "motcua.portal",
    "motcua.desk",
]
DATABASES = {
    "default": database.from_url(env.text("DATABASE_URL"))
    if env.text("DATABASE_URL")
    else database.embedded(STATE_DIR / "postgres", f"motcua_{PROVINCE.replace('-', '_')}")
}
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
