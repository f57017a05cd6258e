"""Pages of newsletters: for everybody, for whoever holds a letter, and at the desk."""
