"""Who may see and do what: every route × kind of person × visibility, asked of the real application."""
