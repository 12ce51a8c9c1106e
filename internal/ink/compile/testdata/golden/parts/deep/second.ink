VAR shared = 1
=== second
-> own
