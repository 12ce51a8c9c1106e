// input: 1 1 1 1
// Alternatives that do not depend on chance.
-> loop
== loop
{a|b|c} {&x|y} {!once|twice} {stopping:
- first
- second
} {cycle:
- c1
- c2
- c3
} {once:
- o1
- o2
}
{ loop < 4: { loop < 3: {|second|third} time | not yet } }
+ [on]
  { loop < 5:
    -> loop
  }
  -> END
