- (top) Begin.
* One[.], he said. # picked
  Deeper. # line
  * * (inner) {top} {not inner} Two -> over
  + + [Three # shown] and on.
      * * * Four
      * * * ->
            Fallback.
      - - - (deep) low
  - - middle
* (label)
  {inner > 1} Five
+ \ {top} Six []
+ ->
- (last)
- - - * odd
- done {label} -> over
=== over
{deep} {last}
* -> END
