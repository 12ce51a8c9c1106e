// What functions cannot contain, and where return cannot stand.
~ return 1 // ERROR "return outside of a function"
-> END
=== function f()
-> END // ERROR "function 'f' contains a divert"
* a choice // ERROR "function 'f' contains a choice"
->-> // WARNING "function 'f' contains a '->->', which is for tunnels"
= inner // ERROR "function 'f' contains the stitch 'inner'"
x
=== k
~ return // ERROR "return outside of a function"
= function g // ERROR "a stitch cannot be a function"
x
