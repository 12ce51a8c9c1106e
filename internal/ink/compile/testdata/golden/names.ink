VAR 1st = 1
VAR été = 2
VAR имя = 3
VAR 名前 = 4
VAR שם = 5
VAR όνομα = 6
{1st + été + имя + 名前 + שם + όνομα} {knot.2nd} {notable} {orderly or anderson}
VAR notable = 1
VAR orderly = 1
VAR anderson = 0
-> knot
=== knot
- (2nd) {2nd} -> END
