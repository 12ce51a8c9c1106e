{one|two|three} {&a|b} {!once|twice|} {~x|y} {$s|t} {|empty first} {!~a|b} {$~a|b|c}
{once: a|b} {cycle: a|b} {shuffle: a|b} {stopping: a|b} {shuffle once: a|b} {stopping shuffle:a|b}
{&{~deep|deeper}|<> glue|# tag} end
A {red #r|blue #b} one.
{stopping:
- first
- second {x|y}
    with more
- third -> over
- {0}
}
{cycle:
    - a
    * choice -> over
    - b
}
{shuffle:
- x
}
{shuffle once:
- x
- y
}
{shuffle stopping:
- x
- y
}
{!
- only once
}
-> over
=== over
-> END
