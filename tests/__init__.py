"""What is asked of the whole house: its laws, who may see what, and whole journeys through it."""
