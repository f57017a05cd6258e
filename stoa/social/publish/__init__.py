"""Publish: what goes out. Posts and their variants, deliveries and their attempts, tracked links and their clicks.

Never twice, never silently lost: every unknown outcome is looked up, or shown to a person. It announces what became of each delivery.
"""
