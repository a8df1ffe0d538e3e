"""Settings of the service, read from the environment (docs/operations.md lists the variables).

`USO_ENV` says what this process is: `production`, `demo` (the embedded demonstration) or `test`.
Where it is unset, naming a DATABASE_URL means production: forgetting it is safe.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

import dj_database_url
import pghistory
import sentry_sdk
import structlog
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from uso.ground.lib.directories import origins_of, read_directories
from uso.ground.lib.masking import mask_line, mask_report

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

ENV = os.environ.get("USO_ENV") or ("production" if "DATABASE_URL" in os.environ else "demo")
if ENV not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"USO_ENV is '{ENV}'; it must be production, demo or test.")
PRODUCTION = ENV == "production"
DEMO = ENV == "demo"
TESTING = ENV == "test"

REQUIRED_IN_PRODUCTION = (
    "USO_SECRET_KEY",
    "DATABASE_URL",
    "REDIS_URL",
    "USO_BASE_URL",
    "USO_ALLOWED_HOSTS",
    "USO_EMAIL_URL",
    "USO_EMAIL_FROM",
)
if PRODUCTION:
    missing = [name for name in REQUIRED_IN_PRODUCTION if not os.environ.get(name)]
    if missing:
        raise ImproperlyConfigured(
            f"Production needs these environment variables: {', '.join(missing)}."
        )


def flag(name: str, *, default: bool) -> bool:
    """Read a yes-or-no variable of the environment."""
    value = os.environ.get(name)
    return default if value is None else value.lower() in {"1", "true", "yes", "on"}


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated variable of the environment."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


# -- Django -----------------------------------------------------------------------------------
DEBUG = flag("USO_DEBUG", default=False) and not PRODUCTION
DEMO_KEY = "embedded-demonstration-only-not-a-secret-0123456789abcdef"  # published with the code
SECRET_KEY = os.environ.get("USO_SECRET_KEY", DEMO_KEY)
SECRET_KEY_FALLBACKS = words("USO_SECRET_KEY_FALLBACKS")  # earlier keys, while sessions last
if PRODUCTION and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 10):
    raise ImproperlyConfigured("USO_SECRET_KEY needs 50 random characters or more (.env.example).")
if PRODUCTION and DEMO_KEY in {SECRET_KEY, *SECRET_KEY_FALLBACKS}:
    raise ImproperlyConfigured("USO_SECRET_KEY is the demonstration's, which anybody can read.")
BASE_URL = os.environ.get("USO_BASE_URL", "http://localhost:8000").rstrip("/")
ALLOWED_HOSTS = words("USO_ALLOWED_HOSTS", "localhost,127.0.0.1,testserver")
CSRF_TRUSTED_ORIGINS = [BASE_URL]
ROOT_URLCONF = "uso.urls"
WSGI_APPLICATION = "uso.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "municipalities.User"

INSTALLED_APPS = [
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "django_htmx",
    "django_cotton.apps.SimpleAppConfig",
    "csp",
    "anymail",
    "uso",
    "uso.ground.lib",
    "uso.ground.tenancy",
    "uso.ground.jobs",
    "uso.ground.mail",
    "uso.ground.once",
    "municipalities",
    "seasons",
    "events",
    "workshops",
    "analysis.statistics",
    "analysis",
    "billing",
    "uso.roof.brochure",
    "uso.roof.home",
    "uso.roof.demo",
]
if not PRODUCTION:  # developers make migrations, and they alone install it
    INSTALLED_APPS.append("django_linear_migrations")

MIDDLEWARE = [
    "uso.ground.lib.outage.RepeatedReadsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "uso.roof.brochure.public_pages.PublicPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "municipalities.sessions.WrongMethodMiddleware",
    "municipalities.sessions.SavedMiddleware",
    "municipalities.sessions.SignInMiddleware",
    "municipalities.access.HistoryMiddleware",
    "municipalities.access.PrivatePagesMiddleware",
    "municipalities.access.RolesMiddleware",
    "municipalities.signin.LanguageMiddleware",
    "municipalities.signin.SecondFactorMiddleware",
    "municipalities.access.TenancyMiddleware",
]

TEMPLATE_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": TEMPLATE_LOADERS
            if DEBUG
            else [("django.template.loaders.cached.Loader", TEMPLATE_LOADERS)],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "uso.roof.home.context.navigation",
            ],
        },
    }
]
FORM_RENDERER = "uso.ground.lib.form_renderer.FormRenderer"
COTTON_DIR = "components"

# -- Database: the application role; the owner's address is for migrations (manage.py) ----------
DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgresql://uso_app@localhost/uso"),
        engine="uso.ground.lib.postgres",
    )
}
DATABASES["default"]["OPTIONS"] = {
    "application_name": "uso",
    "connect_timeout": 5,
    "pool": {
        "min_size": 1,
        "max_size": int(os.environ.get("USO_DATABASE_POOL", "8")),
        "timeout": 5,
        "reconnect_timeout": 5,  # then the next request tries at once, however long it was away
    },
}
if TESTING:  # one connection a process: the fixtures change its role (tests/conftest.py)
    del DATABASES["default"]["OPTIONS"]["pool"]

# -- Cache and Celery -----------------------------------------------------------------------------
REDIS_URL = os.environ.get("REDIS_URL", "redis://localhost:6379/0")
# The cache holds the limits of signing in, which must work while the queue is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "uso_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # above it any may go: a limit must not
    }
}
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
TASK_TIME_LIMIT_SECONDS = 600
# Whether the live sources of statistics are read each night; a person can read them at any time.
READ_STATISTICS = flag("USO_READ_STATISTICS", default=PRODUCTION)

# -- Security -------------------------------------------------------------------------------------
SECURE_COOKIES = PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "uso_session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_COOKIES else "uso_csrf"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
SECURE_SSL_REDIRECT = PRODUCTION and flag("USO_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if flag("USO_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the registration grid: people by events
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# -- Sign-in (docs/adr/0008-sign-in.md) -----------------------------------------------------------
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_network:start"
LOGOUT_REDIRECT_URL = "account_login"
REQUIRE_SECOND_FACTOR = flag("USO_REQUIRE_SECOND_FACTOR", default=not DEMO) or PRODUCTION

ACCOUNT_ADAPTER = "municipalities.signin.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up itself is closed (the adapter)
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_CHANGE_EMAIL = True  # one address, the new one proved before the old one goes
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # an open session alone changes no address or password
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or second factor is told by mail
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # greylisting delays municipal mail by minutes
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says
# Three tries a code and these many codes: guessing one of 10^8 is hopeless within a session's age.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_FORMS = {
    "add_email": "municipalities.forms.AddAddressForm",
    "request_login_code": "municipalities.forms.AskCodeForm",
    "reset_password": "municipalities.forms.AskPasswordForm",
}
# `key` is an address together with a place; `_anywhere` is an address (municipalities/limits.py).
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/m/ip,5/5m/key,20/d/key",
    "login_failed_anywhere": "100/d/key",
    "request_login_code": "",  # counted with those for a new password:
    "reset_password": "",
    "mailed_code": "20/m/ip,3/m/key,20/h/key",
    "mailed_code_anywhere": "100/h/key",
    # Several people of one house may be interested; `_address` bounds what a stranger lets us mail.
    "interest": "10/10m/key,40/d/key",
    "interest_address": "3/d/key",
    # A town hall is one network; each reading writes a whole paper.
    "board_paper": "120/10m/key",
}
DEVICE_COOKIE_NAME = "__Host-device" if SECURE_COOKIES else "uso_device"
# Proxies in front whose X-Forwarded-For counts, for limits by address.
ALLAUTH_TRUSTED_PROXY_COUNT = int(
    os.environ.get("USO_TRUSTED_PROXIES", "1" if flag("USO_BEHIND_PROXY", default=False) else "0")
)

MFA_ADAPTER = "municipalities.signin.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {"add_webauthn": "municipalities.forms.AddPasskeyForm"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
MFA_TOTP_ISSUER = "USO"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be 30 s off

SOCIALACCOUNT_ADAPTER = "municipalities.signin.DirectoryAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
OIDC_DIRECTORIES = read_directories(os.environ.get("USO_OIDC_DIRECTORIES", ""))
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": OIDC_DIRECTORIES}}
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += origins_of(OIDC_DIRECTORIES)

# -- Languages and time -----------------------------------------------------------------------------
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

# -- Static files -------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "collected"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING
        else "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = TESTING or DEBUG  # no collecting before tests

# -- Mail -----------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = os.environ.get("USO_EMAIL_FROM", "USO <uso@example.fi>")
# USO_EMAIL_URL: smtp://user:password@host:587, smtps://…, or anymail+PROVIDER with its own variables.
EMAIL_TIMEOUT = 20
if PRODUCTION:
    mail_url = urlsplit(os.environ["USO_EMAIL_URL"])
    if mail_url.scheme.startswith("anymail+"):
        EMAIL_BACKEND = f"anymail.backends.{mail_url.scheme.removeprefix('anymail+')}.EmailBackend"
        ANYMAIL = {
            # A provider that takes no calendar beside the text sends it as the attached file alone.
            "IGNORE_UNSUPPORTED_FEATURES": True,
        } | {
            name.removeprefix("ANYMAIL_"): value
            for name, value in os.environ.items()
            if name.startswith("ANYMAIL_")
        }
    else:
        EMAIL_HOST = mail_url.hostname
        EMAIL_PORT = mail_url.port or 587
        EMAIL_HOST_USER = unquote(mail_url.username or "")
        EMAIL_HOST_PASSWORD = unquote(mail_url.password or "")
        EMAIL_USE_SSL = mail_url.scheme == "smtps"
        EMAIL_USE_TLS = mail_url.scheme == "smtp" and flag("USO_EMAIL_STARTTLS", default=True)
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# -- History of changes: the context stands in the event row, which is protected like its table --
PGHISTORY_CONTEXT_FIELD = pghistory.ContextJSONField()
PGHISTORY_CONTEXT_ID_FIELD = pghistory.ContextUUIDField(null=True)
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="+", related_query_name="+")
PGHISTORY_APPEND_ONLY = True
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

# -- Logs and error reports -------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": "structlog.stdlib.ProcessorFormatter",
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(sort_keys=True)
                if PRODUCTION
                else structlog.processors.KeyValueRenderer(key_order=["event"]),
                mask_line,
            ],
            "foreign_pre_chain": [
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso"),
                structlog.processors.format_exc_info,
            ],
        }
    },
    "filters": {"short_refusals": {"()": "uso.ground.lib.logs.RefusalsInOneLine"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "lines",
            "filters": ["short_refusals"],
        }
    },
    "root": {"handlers": ["console"], "level": os.environ.get("USO_LOG_LEVEL", "INFO")},
    # Both tell each step of each document.
    "loggers": {"weasyprint": {"level": "WARNING"}, "fontTools": {"level": "WARNING"}},
}
if os.environ.get("SENTRY_DSN"):
    sentry_sdk.init(
        dsn=os.environ["SENTRY_DSN"],
        send_default_pii=False,
        include_local_variables=False,  # they hold names, addresses and tokens
        max_request_body_size="never",  # so do forms
        before_send=mask_report,
    )
