"""Who: person, identities, sign-in, profile, follows and blocks, notices, export and erasure.

Owns accounts, people, their identities and standing, purpose, door questions and their answers, notices and segments.
"""
