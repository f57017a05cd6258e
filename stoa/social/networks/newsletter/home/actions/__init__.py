"""What happens to newsletters: one file per noun, one function per verb."""
