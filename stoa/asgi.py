"""The whole of Stoa as one ASGI application: the front, and Django behind it."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")

from django.core.wsgi import get_wsgi_application

django_application = get_wsgi_application()

from stoa.base.server.front import Front  # noqa: E402

application = Front(django_application)
