// input: 1 1
# title: The Tags
# author: me
VAR x = 3
First line # one # two
# above
Second {x} line # with {x} inside # last
Third
-> knot
== knot
# knot tag
Text # after
* Choice # on choice [only # in bracket] rest # rest tag
* {x > 5} Other # not shown
- gathered # g
+ [Plain]
- # lone
  -> END
