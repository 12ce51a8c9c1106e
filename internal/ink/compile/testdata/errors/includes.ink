// Files that cannot be included.
INCLUDE parts/missing.ink // ERROR "there is no file 'parts/missing.ink'"
INCLUDE ../up.ink // ERROR "cannot include '../up.ink': it is outside of the story's folder"
INCLUDE parts // ERROR "'parts' is a folder"
INCLUDE parts/faulty.ink
-> anywhere
