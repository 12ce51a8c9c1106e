Text of the first part.
* a choice of it
- and its gather
INCLUDE parts/deep/second.ink
=== first
-> second
