"""Addresses: joining and signing in (whose names the sign-in library prescribes), then this room's own."""

from allauth.account import views as entrance
from django.urls import include, path, re_path

from stoa.people.views import bookmarks, desk, drafts, fields, following, joining, leaving, mailbox, notices, profile

SIGN_IN = [
    path("join/", joining.Join.as_view(), name="account_signup"),
    path("sign-in/", entrance.login, name="account_login"),
    path("sign-out/", entrance.logout, name="account_logout"),
    path("security/again/", entrance.reauthenticate, name="account_reauthenticate"),
    path("security/address/", entrance.email, name="account_email"),
    path("security/inactive/", entrance.account_inactive, name="account_inactive"),
    path("join/confirm/", entrance.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^join/confirm/(?P<key>[-:\w]+)/$", entrance.confirm_email, name="account_confirm_email"),
    path("security/password/", entrance.password_change, name="account_change_password"),
    path("security/password/first/", entrance.password_set, name="account_set_password"),
    path("sign-in/forgotten/", entrance.password_reset, name="account_reset_password"),
    path("sign-in/forgotten/sent/", entrance.password_reset_done, name="account_reset_password_done"),
    path("sign-in/code/", entrance.confirm_login_code, name="account_confirm_login_code"),
    path("sign-in/forgotten/done/", entrance.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        entrance.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("security/steps/", include("allauth.mfa.urls")),
]
PAGES = [
    path("join/door/", joining.at_the_door, name="door"),
    path("join/door/in/", joining.come_in, name="door_entry"),
    path("join/door/<slug:step>/", joining.take_step, name="door_step"),
    path("people/", profile.people, name="people"),
    path("people/<id:person_id>/", profile.person, name="person_short"),
    path("people/<id:person_id>-<slug:slug>/", profile.person, name="person"),
    path("people/<id:person_id>/block/", profile.block, name="block"),
    path("profile/", profile.own_profile, name="own_profile"),
    path("profile/questions/", fields.asked_of_me, name="asked"),
    path("profile/portrait/", profile.portrait, name="portrait"),
    path("notices/", notices.notices, name="notices"),
    path("notices/readings/", notices.readings, name="notice_readings"),
    path("notices/<id:notice_id>/reading/", notices.reading, name="notice_reading"),
    path("notices/wishes/", notices.wishes_page, name="notice_wishes"),
    path("notices/quiet/", notices.quiet, name="quiet_hours"),
    path("notices/stop/<str:token>/", notices.stop_mail, name="mail_stop"),
    path("bookmarks/", bookmarks.bookmarks, name="bookmarks"),
    path("bookmarks/<str:key>/<id:number>/", bookmarks.mark, name="bookmark"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/<slug:place>/", drafts.draft, name="draft"),
    path("follows/", following.follows, name="follows"),
    path("follows/<str:key>/<id:number>/", following.level, name="follow"),
    path("security/", leaving.security, name="security"),
    path("security/export/", leaving.export, name="export"),
    path("leaving/", leaving.leaving, name="leaving"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("desk/members/", desk.members, name="desk_members"),
    path("desk/door/", desk.door, name="desk_door"),
    path("desk/door/<id:question_id>/retirement/", desk.retire, name="desk_question_retirement"),
    path("desk/fields/", fields.desk_fields, name="desk_fields"),
    path("desk/fields/<id:field_id>/", fields.desk_field, name="desk_field"),
    path("desk/fields/<id:field_id>/archive/", fields.desk_archive, name="desk_field_archive"),
    path("desk/fields/<id:field_id>/place/", fields.desk_place, name="desk_field_place"),
    path("desk/purpose/", desk.write_purpose, name="desk_purpose"),
]

urlpatterns = [*SIGN_IN, path("", include((PAGES, "people")))]
