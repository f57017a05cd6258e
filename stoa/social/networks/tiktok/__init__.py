"""TikTok, served by hand."""
