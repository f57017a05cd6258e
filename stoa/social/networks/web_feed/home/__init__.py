"""The home of feeds: feeds, their entries and pictures, their public pages, and the API by which they are written.

It stands for a network outside the house: no other room reads its tables, and the connector speaks to it over HTTP.
"""
