"""Django's WSGI application, which the gateway in front of it calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
application = get_wsgi_application()
