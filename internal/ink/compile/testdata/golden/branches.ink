VAR x = 2
{x: yes} {x: yes|no} {not x: | no } {x == 2:{x: both}|{x}}
{x:
    Holds. -> next
- else:
    Does not.
}
- (next)
{
- x == 1: one
- x == 2 and true:
    two
    over two lines
- else: many
}
{x:
- 0: zero
- 1: one {x: more}
- x + 0: itself
- else: else
}
{x:
- 5: five
}
{x:
- when true
- when false
}
{x:
- else: only else
}
{x > 5:
    * A choice -> END
    * Another
      goes on. -> END
- else:
    Text
}
-> END
