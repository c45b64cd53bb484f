"""Users, sign-in, memberships, roles, consent."""
