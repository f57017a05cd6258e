"""Plaza, the practice network inside Stoa: for trying, training and the demo."""
