"""Where: spaces, who belongs to them in which role, invitations and applications, and what each may do.

Owns Space, Role, Grant, Application, Invitation and BreakGlass; announces what happens to them. Roles and rights are data.
"""
