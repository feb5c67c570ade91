package safe

import (
	"iter"
	"unsafe"
)

// Keep names the control characters that may pass as themselves. The zero
// value keeps none, which fits text that must stay on one line.
type Keep uint8

const (
	// KeepTab lets U+0009 pass.
	KeepTab Keep = 1 << iota
	// KeepNewline lets U+000A pass, and CR LF as one U+000A.
	KeepNewline
)

// Line returns s fit for one line of a terminal: line ends and tabs become
// marks too. It returns s itself when there is nothing to replace.
func Line(s string) string { return convert(s, 0) }

// Text returns s fit for a terminal, with newlines and tabs kept. It returns s
// itself when there is nothing to replace.
func Text(s string) string { return convert(s, KeepTab|KeepNewline) }

func convert(s string, keep Keep) string {
	if Plain(s, keep) {
		return s
	}
	return string(Append(make([]byte, 0, len(s)+16), []byte(s), keep))
}

// Plain reports whether s is safe as it is.
func Plain(s string, keep Keep) bool {
	sc := scanner{keep: keep}
	for len(s) > 0 {
		n, kind := sc.next(s, true)
		if kind != plain {
			return false
		}
		s = s[n:]
	}
	return true
}

// Append appends src to dst made safe and returns the extended slice. It
// allocates only to grow dst. src is taken as the start of a text: a combining
// mark in its first place has nothing to stand on and becomes a mark.
func Append(dst, src []byte, keep Keep) []byte {
	return AppendMarked(dst, src, keep, "", "")
}

// AppendMarked is Append with on and off around each mark.
func AppendMarked(dst, src []byte, keep Keep, on, off string) []byte {
	sc := scanner{keep: keep}
	for s := view(src); len(s) > 0; {
		n, kind := sc.next(s, true)
		if kind == hostile {
			dst = append(dst, on...)
		}
		dst = appendUnit(dst, s[:n], kind)
		if kind == hostile {
			dst = append(dst, off...)
		}
		s = s[n:]
	}
	return dst
}

func appendUnit(dst []byte, unit string, kind kind) []byte {
	switch kind {
	case plain:
		return append(dst, unit...)
	case lineEnd:
		return append(dst, '\n')
	default:
		return appendMark(dst, unit)
	}
}

// Span is a run of safe text and the source it stands for.
type Span struct {
	Text   string // what to show
	Mark   bool   // Text stands for something that cannot be shown
	Offset int    // where in the source the run starts, in bytes
	Len    int    // how many bytes of the source it stands for
}

// Spans yields s made safe, in order and without gaps: the source ranges of
// the spans cover s. Plain text shares memory with s.
func Spans(s string, keep Keep) iter.Seq[Span] {
	return func(yield func(Span) bool) {
		sc := scanner{keep: keep}
		start := 0
		for i := 0; i < len(s); {
			n, kind := sc.next(s[i:], true)
			if kind == plain {
				i += n
				continue
			}
			if i > start && !yield(Span{Text: s[start:i], Offset: start, Len: i - start}) {
				return
			}
			text := string(appendUnit(nil, s[i:i+n], kind))
			if !yield(Span{Text: text, Mark: kind == hostile, Offset: i, Len: n}) {
				return
			}
			i += n
			start = i
		}
		if start < len(s) {
			yield(Span{Text: s[start:], Offset: start, Len: len(s) - start})
		}
	}
}

// view reads b as a string without a copy. The string must not outlive the
// call that made it, since b may change later.
func view(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }
