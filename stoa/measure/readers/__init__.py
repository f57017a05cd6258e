"""What this room reads in the rooms below it: one small file for each, in SQL. Nothing here writes.

Words and topics of private and secret spaces are in no figure: whoever may read numbers need not know that such a space exists.
"""
