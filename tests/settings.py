"""The product's settings, with data in a folder of their own and passwords that hash quickly."""

import atexit
import os
import shutil
import tempfile

os.environ["MODIG_DATA"] = tempfile.mkdtemp(prefix="modig-test-")
os.environ.setdefault("MODIG_DEMO_SITE", "1")
atexit.register(shutil.rmtree, os.environ["MODIG_DATA"], ignore_errors=True)

from modig.web.settings import *  # noqa: E402, F403 -- after the environment is set
from modig.web.settings import DATABASES, MIDDLEWARE  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MIDDLEWARE = [one for one in MIDDLEWARE if "whitenoise" not in one]
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"]["OPTIONS"].pop("pool", None)
