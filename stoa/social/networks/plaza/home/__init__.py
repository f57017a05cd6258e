"""Plaza itself: accounts, posts, answers, likes and reposts of the practice network, its public timeline and its API.

It stands for a network outside the house: no other room reads its tables, and the connector speaks to it over HTTP.
"""
