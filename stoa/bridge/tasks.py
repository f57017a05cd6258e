"""Clock work: rights that have run out are ended."""

from datetime import timedelta

from stoa.base.work import every
from stoa.bridge.actions import expire_rights


@every(timedelta(minutes=5), name="bridge.expire_rights")
def end_what_has_run_out() -> None:
    expire_rights()
