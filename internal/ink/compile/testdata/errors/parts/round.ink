INCLUDE includes.ink // ERROR "INCLUDE goes round in a circle"
