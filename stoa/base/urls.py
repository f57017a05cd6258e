"""Base's addresses: files, and what the frame of every page asks for."""

from django.urls import path

from stoa.base import frame, views

app_name = "base"
urlpatterns = [
    path("files/", views.bring_file, name="files"),
    path("files/<id:file_id>", views.file, name="file"),
    path("manifest.webmanifest", frame.manifest, name="manifest"),
]
