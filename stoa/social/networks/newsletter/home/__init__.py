"""The home of newsletters: their lists of subscribers, their issues, the mails of each issue, their public pages, and the API by which
issues are written.

It stands for a network outside the house: no other room reads its tables, and the connector speaks to it over HTTP. Addresses of
subscribers are shown to those alone who may manage newsletters.
"""
