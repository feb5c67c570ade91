package diff

import (
	"context"
	"hash/maphash"
	"iter"
	"unicode"
	"unicode/utf8"
)

// MaxWords is how many bytes of a line [Words] looks at.
const MaxWords = 8 << 10

// Words returns which parts of two lines differ: runs of words, numbers, white
// space and other characters that only one of them has. What lies beyond
// MaxWords is taken to differ.
func Words(a, b []byte) (inA, inB []Range) {
	seed := maphash.MakeSeed()
	ha, atA := wordHashes(seed, a)
	hb, atB := wordHashes(seed, b)
	al := &aligner{ctx: context.Background(), a: ha, b: hb, budget: maxSteps / 64}
	i, j := 0, 0
	for _, m := range append(al.align(), match{len(ha), len(hb), 0}) {
		inA = addRange(inA, atA[i], atA[m.a])
		inB = addRange(inB, atB[j], atB[m.b])
		i, j = m.a+m.n, m.b+m.n
	}
	if len(a) > MaxWords || len(b) > MaxWords {
		inA = addRange(inA, atA[len(ha)], int64(len(a)))
		inB = addRange(inB, atB[len(hb)], int64(len(b)))
	}
	return inA, inB
}

func addRange(list []Range, start, end int64) []Range {
	if start == end {
		return list
	}
	if n := len(list); n > 0 && list[n-1].End == start {
		list[n-1].End = end
		return list
	}
	return append(list, Range{start, end})
}

// wordHashes returns the hashes of the words of a line, and where they start;
// the last is where they end.
func wordHashes(seed maphash.Seed, line []byte) (hashes []uint64, at []int64) {
	line = line[:min(len(line), MaxWords)]
	end := int64(0)
	for word := range tokens(line) {
		hashes, at = append(hashes, maphash.Bytes(seed, word)), append(at, end)
		end += int64(len(word))
	}
	return hashes, append(at, end)
}

// tokens cuts a line into words and what stands between them, character by
// character.
func tokens(line []byte) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		for len(line) > 0 {
			n := word(line)
			if !yield(line[:n]) {
				return
			}
			line = line[n:]
		}
	}
}

// word is how many bytes the first word has.
func word(line []byte) int {
	first, n := utf8.DecodeRune(line)
	inWord := isWord(first)
	for n < len(line) {
		r, size := utf8.DecodeRune(line[n:])
		switch {
		case unicode.Is(unicode.Mn, r): // belongs to what is before it
		case !inWord || !isWord(r):
			return n
		}
		n += size
	}
	return n
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
