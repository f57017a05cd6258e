"""The commands in bin/ as behaviour."""
