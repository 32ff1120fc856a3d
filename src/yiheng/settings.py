"""Django settings (运行设置). Everything that differs between installations comes from the environment.

YIHENG_HOME        folder of the embedded database and the generated key (默认为用户数据文件夹)
DATABASE_URL       sqlite:///path or postgresql://user:password@host:port/name; default: SQLite in YIHENG_HOME
YIHENG_SECRET_KEY  signing key; default: generated once and kept in YIHENG_HOME
YIHENG_HOSTS       host names under which the web application is reached, by commas; default: this machine only
YIHENG_HTTPS       "1" behind a TLS proxy: cookies travel only over https, and X-Forwarded-Proto is believed
YIHENG_SECOND_FACTOR  who must have a second factor: administrators (default), everybody, or voluntary
YIHENG_SSO_…       single sign-on by OpenID Connect, off without YIHENG_SSO_CLIENT_ID; see the end of this file
YIHENG_METRICS_TOKEN  token for /metrics from other machines; default: this machine only
YIHENG_KEEP_DAYS   days for which files of ended jobs, ended sessions and expired tokens are kept; default 30
YIHENG_STATIC      folder of the collected static files (set by `yiheng serve`)
"""

import os
import secrets
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# The value itself is not shown: it may hold a password.
_DATABASE_URL_HELP = (
    "环境变量 DATABASE_URL 无法识别：只支持 sqlite:///文件路径 或 postgresql://用户:密码@主机:端口/库名，"
    "用户名和密码里的特殊字符须写成 %xx。请改正，或取消该变量以使用内置的 SQLite 数据库。"
)


def _default_home() -> Path:
    """The platform's folder for a user's data, as each system defines it."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "yiheng"


def _sqlite(path: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            # A writer takes its lock at the start, so that it waits instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            # Readers go on while a load is being written.
            "init_command": "PRAGMA journal_mode = WAL",
        },
    }


def database(url: str) -> dict[str, Any]:
    """One entry of Django's DATABASES from a URL; a socket folder may stand in the query as ``host=``.

    Raises ImproperlyConfigured when the scheme is none of sqlite, postgresql, postgres, or no name is given.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(_DATABASE_URL_HELP) from error
    name = unquote(parts.path).removeprefix("/")
    if parts.scheme not in ("sqlite", "postgresql", "postgres") or not name:
        raise ImproperlyConfigured(_DATABASE_URL_HELP)
    if parts.scheme == "sqlite":
        return _sqlite(name)
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or options.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or options.pop("host", ""),
        "PORT": str(port or options.pop("port", "")),
        "OPTIONS": options,
    }


def _secret_key(home: Path) -> str:
    """The installation's own key, generated at the first start; of two that start at once one wins."""
    path = home / "secret-key"
    draft = home / f"secret-key.{os.getpid()}"
    try:
        if not path.exists():
            home.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(50))
            try:
                os.link(draft, path)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return path.read_text(encoding="ascii")
    except OSError as error:
        raise ImproperlyConfigured(
            f"数据文件夹 {home} 不可读写（{error.strerror}）。请用环境变量 YIHENG_HOME 指定一个可写的文件夹。"
        ) from error


YIHENG_HOME = Path(os.environ.get("YIHENG_HOME") or _default_home()).expanduser().absolute()
SECRET_KEY = os.environ.get("YIHENG_SECRET_KEY") or _secret_key(YIHENG_HOME)

DATABASES = {
    "default": (
        database(os.environ["DATABASE_URL"])
        if os.environ.get("DATABASE_URL")
        else _sqlite(str(YIHENG_HOME / "yiheng.sqlite3"))
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "yiheng.people",
    "yiheng.ledger",
    "yiheng.performance",
    "yiheng.casework",
]
AUTH_USER_MODEL = "people.User"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

# The web application (网页). What a view may be seen by stands beside the view: `web/access.py`.
INSTALLED_APPS.append("yiheng.web")
ROOT_URLCONF = "yiheng.web.urls"
WSGI_APPLICATION = "yiheng.web.wsgi.application"
DEBUG = False
HTTPS = os.environ.get("YIHENG_HTTPS") == "1"
ALLOWED_HOSTS = [
    host.strip() for host in os.environ.get("YIHENG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host != "*"] if HTTPS else []
MIDDLEWARE = [
    "yiheng.web.observe.observed",
    "yiheng.web.shedding.shedding",
    "django.middleware.security.SecurityMiddleware",
    "yiheng.web.middleware.security_headers",
    # Django pads each answer by chance, so that its length tells nothing of a secret in it (BREACH).
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yiheng.web.middleware.wholly_restored",
    "yiheng.web.middleware.reading_once",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "yiheng.web.language.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yiheng.web.screens.account.keeping.SessionGuard",
    "yiheng.web.middleware.AccessMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yiheng.web.context.page",
            ]
        },
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("YIHENG_STATIC") or str(YIHENG_HOME / "static")
# A file is asked for under its hashed name only, so that each is compressed once.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Names with a hash of the content, so that a browser keeps them until they change.
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
LOGIN_URL = "account:login"
LOGIN_REDIRECT_URL = "home"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "yiheng.web.session_store"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # and earlier when idle: people/sessions.py
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
if HTTPS:
    # A browser takes these names only from this host over https, so that no neighbour can plant them.
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "yiheng.web.errors.csrf_failure"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"


# Who must show a second factor (动态口令).
SECOND_FACTOR = os.environ.get("YIHENG_SECOND_FACTOR") or "administrators"
if SECOND_FACTOR not in ("administrators", "everybody", "voluntary"):
    raise ImproperlyConfigured(
        f"环境变量 YIHENG_SECOND_FACTOR 无法识别：{SECOND_FACTOR}。可用 administrators（三员必须）、"
        "everybody（人人必须）或 voluntary（自愿）。"
    )

# Single sign-on (单点登录) by OpenID Connect: YIHENG_SSO_CLIENT_ID, _CLIENT_SECRET, _ISSUER, _AUTHORIZE_URL,
# _TOKEN_URL, _USER_URL, _KEYS_URL (JWKS), and if need be _NAME (words on the button) and _CLAIM (which claim is the
# log-in name).


def _sso(name: str) -> str:
    value = os.environ.get(f"YIHENG_SSO_{name}", "")
    if not value and os.environ.get("YIHENG_SSO_CLIENT_ID"):
        raise ImproperlyConfigured(
            f"单点登录缺少环境变量 YIHENG_SSO_{name}。请补上，或取消 YIHENG_SSO_CLIENT_ID。"
        )
    return value


SSO_NAME = os.environ.get("YIHENG_SSO_NAME") or "统一认证" if os.environ.get("YIHENG_SSO_CLIENT_ID") else ""
OIDC_RP_CLIENT_ID = os.environ.get("YIHENG_SSO_CLIENT_ID", "")
OIDC_RP_CLIENT_SECRET = _sso("CLIENT_SECRET")
OIDC_OP_ISSUER = _sso("ISSUER")
OIDC_OP_AUTHORIZATION_ENDPOINT = _sso("AUTHORIZE_URL")
OIDC_OP_TOKEN_ENDPOINT = _sso("TOKEN_URL")
OIDC_OP_USER_ENDPOINT = _sso("USER_URL")
OIDC_OP_JWKS_ENDPOINT = _sso("KEYS_URL")
OIDC_NAME_CLAIM = os.environ.get("YIHENG_SSO_CLAIM") or "preferred_username"
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid profile"
OIDC_USE_PKCE = True
OIDC_CREATE_USER = False
OIDC_TIMEOUT = 10
OIDC_AUTHENTICATION_CALLBACK_URL = "account:sso_back"
AUTHENTICATION_BACKENDS = ["yiheng.people.backend.Backend"]
if SSO_NAME:
    AUTHENTICATION_BACKENDS.append("yiheng.web.screens.account.sso.Backend")

# For how many days the files of ended jobs, ended sessions and expired tokens are kept (清理).
try:
    KEEP_DAYS = int(os.environ.get("YIHENG_KEEP_DAYS") or 30)
except ValueError:
    KEEP_DAYS = 0
if KEEP_DAYS < 1:
    raise ImproperlyConfigured(
        f"环境变量 YIHENG_KEEP_DAYS 无法识别：{os.environ['YIHENG_KEEP_DAYS']}。请写保留的天数，例如 30。"
    )

# Requests that a process works on at once, those of them that write, and the seconds that another one waits.
WEB_AT_ONCE = 4
WEB_WRITING = 2
WEB_PATIENCE = 2.0
METRICS_TOKEN = os.environ.get("YIHENG_METRICS_TOKEN", "")
METRICS_FOLDER = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "yiheng.web.jsonlines.JsonLines"}},
    "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "loggers": {
        # Only `yiheng serve` asks for these; on the command line a request is not news.
        "yiheng": {
            "handlers": ["lines"],
            "level": os.environ.get("YIHENG_LOG", "WARNING"),
            "propagate": False,
        },
        "django": {"handlers": ["lines"], "level": "WARNING", "propagate": False},
    },
}
