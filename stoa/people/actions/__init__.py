"""What happens to people: one file per noun, one function per verb."""
