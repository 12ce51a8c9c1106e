package vm

import "testing"

// TestRandomIsDotNets compares with the first numbers of new System.Random(seed)
// in .NET: Next() three times.
func TestRandomIsDotNets(t *testing.T) {
	for seed, want := range map[int32][3]int32{
		0:  {1559595546, 1755192844, 1649316166},
		1:  {534011718, 237820880, 1002897798},
		42: {1434747710, 302596119, 269548474},
	} {
		r := newRandom(seed)
		if got := [3]int32{r.next(), r.next(), r.next()}; got != want {
			t.Errorf("seed %d gives %d, want %d", seed, got, want)
		}
	}
}
