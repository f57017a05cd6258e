"""Proves that what is planned goes out once, in time and in order, whatever breaks.

network     a hostile network: a server of its own process, whose log is the ground truth
connectors  how it is spoken to: with a key that it takes once, with reading back, without either
clockwork   one clock for all processes, sixty times as fast as ours, ahead of itself while nothing is due
workers     eight real workers, forked from one nursery; they can be killed and stopped
kills       where a worker may be killed exactly
faults      what breaks, and how
run         one fault, on one database, with one seed
judge       what the network's log and our rows say about it
spread      how late things go out, and what pages take meanwhile
"""
