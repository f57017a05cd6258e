"""Addresses."""

from django.urls import path

from stoa.spaces.views import composing, desk, headings, invitations, manage, own_invitations, sight, spaces

app_name = "spaces"
urlpatterns = [
    path("spaces/", spaces.spaces, name="spaces"),
    path("spaces/<id:space_id>/", spaces.space, name="space_short"),
    path("spaces/<id:space_id>-<slug:slug>/", spaces.space, name="space"),
    path("spaces/<id:space_id>/membership/", spaces.membership, name="membership"),
    path("spaces/<id:space_id>/application/", spaces.application, name="application"),
    path("spaces/<id:space_id>/acceptance/", invitations.accept, name="acceptance"),
    path("spaces/<id:space_id>/members/", spaces.members, name="members"),
    path("spaces/<id:space_id>/members/mentionable/", spaces.mentionables, name="mentionable"),
    path("spaces/<id:space_id>/manage/", manage.manage, name="manage"),
    path("spaces/<id:space_id>/settings/", manage.settings, name="settings"),
    path("spaces/<id:space_id>/heading/", manage.heading, name="heading"),
    path("spaces/<id:space_id>/state/", manage.state, name="state"),
    path("spaces/<id:space_id>/members/<id:person_id>/role/", manage.role_of_member, name="role"),
    path("spaces/<id:space_id>/invitations/", invitations.of_space, name="invitations"),
    path(
        "spaces/<id:space_id>/invitations/<id:invitation_id>/revocation/",
        invitations.revocation,
        name="invitation_revocation",
    ),
    path("spaces/<id:space_id>/applications/<id:application_id>/decision/", manage.decision, name="decision"),
    path("sight/", sight.sight, name="sight"),
    path("invitations/", own_invitations.own, name="own_invitations"),
    path("invitations/<id:invitation_id>/revocation/", own_invitations.revocation, name="own_invitation_revocation"),
    path("invitations/<str:code>/", invitations.invitation, name="invitation"),
    path("desk/spaces/", desk.spaces, name="desk_spaces"),
    path("desk/headings/", headings.headings, name="desk_headings"),
    path("desk/headings/spaces/", headings.spaces, name="desk_headings_spaces"),
    path("desk/headings/<id:heading_id>/", headings.heading, name="desk_heading"),
    path("desk/headings/<id:heading_id>/place/", headings.place, name="desk_heading_place"),
    path("desk/roles/", desk.roles, name="desk_roles"),
    path("desk/rights/", composing.roles, name="desk_rights"),
    path("desk/rights/<id:role_id>/", composing.role, name="desk_rights_of"),
    path("desk/roles/<id:person_id>/", desk.role_of_person, name="desk_role"),
    path("desk/invitations/", invitations.of_site, name="desk_invitations"),
    path(
        "desk/invitations/<id:invitation_id>/revocation/",
        invitations.revocation_of_site,
        name="desk_invitation_revocation",
    ),
    path("desk/glass/", desk.glass, name="desk_glass"),
    path("desk/glass/<id:space_id>/", desk.glass_of_space, name="desk_glass_of_space"),
]
