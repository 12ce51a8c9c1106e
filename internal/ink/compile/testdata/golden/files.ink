INCLUDE parts/first.ink
The story's own text. {shared}
INCLUDE parts/first-copy.ink
-> first
=== own
-> END
