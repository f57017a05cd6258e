"""Addresses of the library at the desk."""

from django.urls import path

from stoa.social.library.views import assets, bringing, folders, versions

app_name = "library"
urlpatterns = [
    path("desk/library/", assets.assets, name="assets"),
    path("desk/library/new/", bringing.bringing, name="bringing"),
    path("desk/library/undescribed/", bringing.undescribed, name="undescribed"),
    path("desk/library/several/", assets.several, name="several"),
    path("desk/library/folders/", folders.folders, name="folders"),
    path("desk/library/folders/<id:folder_id>/", folders.folder, name="folder"),
    path("desk/library/<id:asset_id>/", assets.asset, name="asset"),
    path("desk/library/<id:asset_id>/description/", assets.description, name="description"),
    path("desk/library/<id:asset_id>/versions/", versions.versions, name="versions"),
    path("desk/library/<id:asset_id>/poster/", versions.poster, name="poster"),
    path("desk/library/<id:asset_id>/current/", versions.current, name="current"),
]
