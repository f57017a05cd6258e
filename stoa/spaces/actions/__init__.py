"""What happens to spaces and in their doors: one file per noun, one function per verb."""
