A part with an error of its own. {oops // ERROR "'{' is never closed"
INCLUDE parts/round.ink
