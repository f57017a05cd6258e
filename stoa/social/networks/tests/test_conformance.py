"""Every connector in the registry passes the same tests."""

# ruff: noqa: E402, F403 -- what an assertion compared is shown only where it is said before the import
import pytest

pytest.register_assert_rewrite(
    *(f"stoa.social.networks.conformance{each}" for each in ("", "_accounts", "_edits", "_hostile", "_shown"))
)

from stoa.social.networks.conformance import *
from stoa.social.networks.conformance_accounts import *
from stoa.social.networks.conformance_edits import *
from stoa.social.networks.conformance_hostile import *
from stoa.social.networks.conformance_shown import *

pytestmark = pytest.mark.django_db
