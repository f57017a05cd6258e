"""What can be proved by counting: each file prints one JSON object on its last line."""
