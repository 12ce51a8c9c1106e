// input: 2 1 2 1 2 1 1
// Choices once-only and sticky, nested, with conditions and a fallback; gathers
// with labels; diverts into the middle of a weave.
-> market
=== market ===
- (again) You stand in the market. {again > 1: It is visit {again}.|It is your first time.}
* [Buy an apple] You buy an apple.
  * * (bite) Bite[ into it] it. Juicy.
  * * Keep it[.] for later.
  - - Apple done. {bite: It is eaten.}
+ Look around[]. You have looked {TURNS_SINCE(-> again)} {CHOICE_COUNT()} {TURNS()}.
* {again > 2} {not bite} [Talk to the fishwife] "Morning", she says.
* {again > 5} Never[] seen.
* -> leave
- {again < 6: -> again}
-> leave
= leave
  You leave.  The market   closes.
  { market } { market.again } {leave}
  -> END
