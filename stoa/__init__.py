"""Stoa: people, in spaces, under guidelines; a community wing, a social wing, a bridge between them; measured; shown at the front."""
