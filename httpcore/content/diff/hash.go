package diff

import "hash/maphash"

// hasher tells values apart by 64 bits that nobody can foresee.
type hasher struct {
	seed maphash.Seed
	salt uint64
	o    Options
}

func newHasher(o Options) hasher {
	h := hasher{seed: maphash.MakeSeed(), o: o}
	h.salt = maphash.String(h.seed, "salt")
	return h
}

func (h hasher) bytes(kind kind, text []byte) uint64 {
	return mix(maphash.Bytes(h.seed, text) + uint64(kind))
}

// scalar is the hash of a string, a number or a literal. Those that a
// tolerance might make the same have the same.
func (h hasher) scalar(kind kind, text, scratch []byte) (uint64, []byte) {
	switch kind {
	case number:
		if h.o.Tolerance.numbers() {
			return mix(h.salt + uint64(number)), scratch
		}
		scratch = canonical(scratch[:0], text)
	case str:
		scratch = unquote(scratch[:0], text)
		if h.o.Tolerance.Time > 0 && isTime(scratch) {
			return mix(h.salt + uint64(str)), scratch
		}
	default:
		scratch = append(scratch[:0], text...)
	}
	return h.bytes(kind, scratch), scratch
}

// odd is a factor that takes order into account.
const odd = 0x9E3779B97F4A7C15

func (h hasher) element(sum, value uint64) uint64 {
	value = mix(value + h.salt)
	if h.o.AnyOrder {
		return sum + value
	}
	return mix(sum*odd + value)
}

func (h hasher) member(sum, name, value uint64) uint64 {
	value = mix(mix(name^h.salt) + value)
	if h.o.MemberOrder {
		return mix(sum*odd + value)
	}
	return sum + value
}

// mix spreads the bits of x (Steele, Lea, Flood: Fast Splittable Pseudorandom
// Number Generators, 2014).
func mix(x uint64) uint64 {
	x += odd
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return x ^ x>>31
}
