"""Every connector in the registry passes the same tests."""

import pytest

from stoa.social.networks.conformance import *  # noqa: F403
from stoa.social.networks.conformance_accounts import *  # noqa: F403

pytestmark = pytest.mark.django_db
