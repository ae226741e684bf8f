"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

from homeground.config import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "homeground.config.settings")
application = get_wsgi_application()
checks.refuse_unsafe(serving=True)
