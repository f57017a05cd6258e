"""The Impact page, as values: what each wing did for the other in one month, guarded so that nobody can be singled out."""
