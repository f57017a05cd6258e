"""What this room brings to lower rooms' sockets."""

from stoa.front.leaving import KEEPING
from stoa.people import keeping

keeping.register(KEEPING)
