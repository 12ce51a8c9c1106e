# title: Words
# author: {"nobody"}
A plain line.   
A line with \# a sign, \{ braces \} and a \\ stroke. // a comment
Two parts <>
joined /* in the middle */ as one.
- a gather, \- and a dash
A tag # one # two {1 + 1}
# above
Below the tag. # beside
Not a tag in a {true:string} <> or - or < here.
Été, 猫 and emoji 🐈 are text.
