"""Headings that other packages write in Title Case stand as sentences here."""

from django.utils import translation

from stoa.base.words import sentence


def test_a_heading_in_title_case_becomes_a_sentence() -> None:
    with translation.override("en"):
        assert sentence("Sign In") == "Sign in"
        assert sentence("Set Up Two-Factor Authentication by QR") == "Set up two-factor authentication by QR"


def test_a_heading_of_another_language_keeps_its_capitals() -> None:
    with translation.override("de"):
        assert sentence("Passwort Ändern") == "Passwort Ändern"
