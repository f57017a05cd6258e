"""The doors: guidelines, reports, statements, the desk."""
