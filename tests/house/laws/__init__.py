"""One file per kind of law. A law takes the root of a tree and gives breaches: sentences with the place and the mend."""
