"""What happens on Plaza."""
