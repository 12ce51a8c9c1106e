// Blocks that are never closed, so that the gather behind them is read as a branch.
VAR x = 1
{ x > 0: // ERROR "'{' is never closed"
  Some text.
  * [Go]
- (bye) Bye.
-> hall
=== hall
{ x > 1: // ERROR "'{' is never closed"
  Some text.
=== cellar
{ // ERROR "'{' is never closed"
  - x > 1: one
  - x > 2: two
- -> bye
=== attic
{ x: // ERROR "'{' is never closed"
  { x: // ERROR "'{' is never closed"
    text
- He said: bye.
-> cellar
