// input: 1 1
// Visit counts, turns since, read counts of labels and stitches.
-> hub
== hub
= one
(one) {one} {hub} {TURNS_SINCE(-> two)} {READ_COUNT(-> hub.two)}
+ [to two] -> two
+ [end] -> END
= two
(two) {two} {hub} {TURNS_SINCE(-> one)} {TURNS_SINCE(-> hub)}
- (label) l{label}
  {label < 3: -> label}
+ [back] -> one
+ [end] -> fin
== fin
{hub.two.label} {hub.one} {TURNS_SINCE(-> hub.two.label)} {TURNS()}
-> END
