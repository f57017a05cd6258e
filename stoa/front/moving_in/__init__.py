"""Moving in: what a community brings from the software that it leaves. Pure Python: no Django, no database of ours, no network.

archive  opens what was brought, and refuses what could do harm
zulip, discourse, members   read one system each, as a stream, into the van
van      all that came, in one neutral shape in a SQLite file of its own: in order, counted, and ready to be carried in piece by piece
places   which place becomes which space, for whom: proposed here, confirmed by a person
tokens   what a text names (people, old addresses, pictures), until it is known what that is here
marks    which emoji becomes which sign
"""
