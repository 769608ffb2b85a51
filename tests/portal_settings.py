"""The portal's settings for tests: an alliance folder of this process alone, jobs done at once, no static files."""

import atexit
import os
import shutil
import tempfile

os.environ |= {
    "RONGTONG_HOME": tempfile.mkdtemp(prefix="rongtong-tests-"),
    "RONGTONG_SECRET_KEY": "tests",
    "RONGTONG_TODAY": "2022-10-25",
    "RONGTONG_DEMO": "1",
    "RONGTONG_SMS": "rongtong.portal.people.channels.screen",
}

from rongtong.portal.settings import *  # noqa: F403 -- the environment is read when the settings are
from rongtong.portal.settings import MIDDLEWARE

ALLOWED_HOSTS = ["testserver", "localhost"]
MIDDLEWARE = [one for one in MIDDLEWARE if "whitenoise" not in one]
STORAGES = {
    "default": {"BACKEND": "rongtong.portal.design.files.Uploads"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
atexit.register(shutil.rmtree, os.environ["RONGTONG_HOME"], ignore_errors=True)
