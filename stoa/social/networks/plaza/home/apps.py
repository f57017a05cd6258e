"""Plaza's home as a Django app."""

from django.apps import AppConfig


class PlazaHome(AppConfig):
    name = "stoa.social.networks.plaza.home"
    label = "plaza"
    verbose_name = "Plaza"
    default_auto_field = "django.db.models.BigAutoField"
