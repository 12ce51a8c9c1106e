package vm

import "math"

// random is the generator behind RANDOM, LIST_RANDOM and shuffles: the
// subtractive generator of Knuth (The Art of Computer Programming, vol. 2,
// 3.2.2) as .NET's seeded System.Random has it. A story with SEED_RANDOM thus
// draws what it draws in inkle's own runtime.
type random struct {
	table         [56]int32
	index, second int32
}

const (
	randomSeed = 161803398 // the golden ratio's digits
	randomLag  = 21
)

func newRandom(seed int32) (r random) {
	r.second = randomLag
	if seed == math.MinInt32 {
		seed = math.MaxInt32
	} else if seed < 0 {
		seed = -seed
	}
	j := int32(randomSeed) - seed
	r.table[55] = j
	k := int32(1)
	for i, ii := 1, 0; i < 55; i++ {
		if ii += randomLag; ii >= 55 {
			ii -= 55
		}
		r.table[ii] = k
		if k = j - k; k < 0 {
			k += math.MaxInt32
		}
		j = r.table[ii]
	}
	// Each number is lessened by the one 31 places on, around the end. A draw costs
	// little more than this.
	for range 4 {
		for i := 1; i <= 24; i++ {
			r.lessen(i, i+31)
		}
		for i := 25; i <= 55; i++ {
			r.lessen(i, i-24)
		}
	}
	return r
}

func (r *random) lessen(i, by int) {
	n := r.table[i] - r.table[by]
	if n < 0 {
		n += math.MaxInt32
	}
	r.table[i] = n
}

// next returns a number from 0 to MaxInt32-1.
func (r *random) next() int32 {
	step := func(i int32) int32 {
		if i++; i >= 56 {
			return 1
		}
		return i
	}
	r.index, r.second = step(r.index), step(r.second)
	n := r.table[r.index] - r.table[r.second]
	if n == math.MaxInt32 {
		n--
	}
	if n < 0 {
		n += math.MaxInt32
	}
	r.table[r.index] = n
	return n
}
