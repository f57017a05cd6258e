"""Base's addresses: files, what the frame of every page asks for, and on a developer's machine the gallery of components."""

from django.conf import settings
from django.urls import path

from stoa.base import frame, views

app_name = "base"
urlpatterns = [
    path("files/", views.bring_file, name="files"),
    path("files/<id:file_id>", views.file, name="file"),
    path("manifest.webmanifest", frame.manifest, name="manifest"),
]
if settings.DEBUG:
    urlpatterns.append(path("design/<slug:face>/", frame.design, name="design"))
