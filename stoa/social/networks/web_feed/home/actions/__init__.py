"""What happens to feeds."""
