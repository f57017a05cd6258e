"""Base's addresses."""

from django.urls import path

from stoa.base import views

app_name = "base"
urlpatterns = [
    path("files/", views.bring_file, name="files"),
    path("files/<id:file_id>", views.file, name="file"),
]
