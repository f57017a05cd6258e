"""Python reads this when it starts: the clocks of every process of the house are ahead by so many seconds, as a test moves them."""

import os
from datetime import timedelta

from stoa.base import clock

moved = clock.moved(by=timedelta(seconds=float(os.environ.get("THREAD_AHEAD", "0"))))
moved.__enter__()  # and never left
