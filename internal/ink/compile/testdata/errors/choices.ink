// Lines of choices and gathers that are not right.
* // WARNING "the choice is empty, so it is taken as a fallback"
* [] // WARNING "the choice has no text to show"
* a [b // ERROR "expected a closing '\\]'"
* (label here) text // ERROR "expected a closing '\\)' of the label"
* {1 text // ERROR "expected a closing '}' of the condition"
* {} text // ERROR "expected a condition within the braces, but saw"
* {1 +} text // ERROR "expected the right side of '\\+'"
* a {1:-> END} // ERROR "a divert within the text of a choice"
* a {1:b -> END} // ERROR "a divert within the text of a choice"
* a {1:
     - * b // ERROR "a choice within the text of a choice"
  }
* a ] b // ERROR "expected the end of the line, but saw '\\] b'"
- -> END
