import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "modig.web.settings")
application = get_wsgi_application()
# What is loaded by now stays for good: the search for garbage need not look through it at each page.
gc.collect()
gc.freeze()
