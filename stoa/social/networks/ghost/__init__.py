"""Ghost, through its Admin API."""
