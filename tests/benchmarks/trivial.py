"""The least that Django can do: one view, no middleware. What pages are compared with (serving.py)."""

import os
import tempfile

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

settings.configure(
    ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY=os.environ.get("SECRET_KEY", tempfile.gettempprefix())
)
urlpatterns = [re_path("", lambda request: HttpResponse("ok", headers={"Content-Length": "2"}))]
application = get_wsgi_application()
