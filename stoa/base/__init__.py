"""Plumbing without product words: ids, clock, facts, work, pages, things, panels, acts, files, text, search, the design system.

Base owns the fact log and its hearings, ticks, the search index, the mail outbox, files, audit, the organisation. It knows no room.
"""
