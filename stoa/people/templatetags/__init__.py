"""Template tags of the pages that come with the sign-in library."""
