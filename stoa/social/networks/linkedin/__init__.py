"""LinkedIn: a page that somebody looks after, or a member's own profile; through its interface or by hand."""
