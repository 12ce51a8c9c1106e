// Logic in braces that is not right.
VAR x = 1
{some text} // ERROR "expected logic within the braces, but saw 'some text}'"
{x > : a|b} // ERROR "expected the right side of '>'"
{x: a|b|c} // ERROR "a condition has one or two alternatives"
{x:} // ERROR "expected text after the condition"
{&} // ERROR "expected the elements of the sequence"
{&!a|b} // ERROR "these kinds of sequence cannot be joined"
{(x + 1: a} // ERROR "expected a closing '\\)'"
{() + (x +)} // ERROR "expected the right side of"
{f(x: a} // ERROR "expected a closing '\\)' of the arguments"
{(,)} // ERROR "expected an expression or a list within the parentheses"
{x: a // ERROR "'{' is never closed"
{x: a -> END b} // ERROR "expected a closing '}', but saw 'b}'"
{x == "open} // ERROR "the string is never closed"
{x == "-> END"} // ERROR "a string cannot contain a divert"
{x == "# tag"} // ERROR "tags are not allowed within strings"
{-true} // ERROR "'-' before true or false"
{5++} // ERROR "only a variable can be counted up or down"
{99999999999} // ERROR "the number 99999999999 is too large"
{not x ? x} // ERROR "'not' applies to what follows it at once"
{x == ->} // ERROR "expected a divert target"
* {x == "a -> END"} // ERROR "expected a closing '}' of the condition|a string cannot contain a divert"
* a {"b -> END"} // ERROR "a string cannot contain a divert"
- {
  text // ERROR "expected a '-' for the first line of the block"
}
{x:
} // ERROR "expected lines to show when the condition holds"
{x:
  text
  - 2: more // ERROR "expected '- else:' here, not another condition"
}
{x:
  - // ERROR "expected content for the branch after '-'"
}
{x:
  - > 5: no // ERROR "a branch without a condition|expected"
  - 1: yes
  - else: else
}
{x:
  - x + : no // ERROR "expected the right side of '\\+'"
}
{x:
  - - gather // ERROR "a gather within braces"
}
{
  - x: a
  - else: b // ERROR "'- else:' is not the last branch"
  - x: c
}
{
  - else: a
  - else: b // ERROR "more than one '- else:'"
}
{
  - a // ERROR "a branch without a condition"
  - x: b
}
{
  - a // ERROR "a block of conditions without a condition"
}
-> END
