"""This room's addresses."""

from django.urls import path

from stoa.measure import views

app_name = "measure"
urlpatterns = [path("desk/insights/impact/", views.impact, name="impact")]
