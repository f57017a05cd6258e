"""What happens: one file per noun, one function per verb."""
