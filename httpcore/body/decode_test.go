package body

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"
)

// encode puts data under codings, in order, by way of the product's own writers.
func encode(t testing.TB, data []byte, codings ...string) []byte {
	t.Helper()
	for _, coding := range codings {
		var b bytes.Buffer
		w, err := newWriter(&b, coding)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		data = b.Bytes()
	}
	return data
}

// decode reads all of an encoded body, and returns what came before the error as well.
func decode(t testing.TB, r io.Reader, limits Limits, codings ...string) ([]byte, error) {
	t.Helper()
	d, err := Decode(r, codings, limits)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(d)
	if closeErr := d.Close(); closeErr != nil {
		t.Errorf("Close: %v", closeErr)
	}
	return data, err
}

// prose is text that compresses, but not to nothing.
func prose(n int) []byte {
	random := rand.New(rand.NewPCG(1, 2))
	words := strings.Fields("a request is what the user means and a response is what came of it in the end 200 404 {} [] :")
	var b bytes.Buffer
	for b.Len() < n {
		b.WriteString(words[random.IntN(len(words))])
		b.WriteByte(" \n"[random.IntN(2)])
	}
	return b.Bytes()[:n]
}

func wantKind(t *testing.T, err error, kind Kind) *Error {
	t.Helper()
	var e *Error
	if !errors.As(err, &e) || e.Kind != kind {
		t.Fatalf("got error %v, want one of kind %q", err, kind)
	}
	return e
}

func TestDecodeGivesBackWhatWasEncoded(t *testing.T) {
	want := prose(300_000)
	for _, codings := range [][]string{
		{"gzip"},
		{"deflate"},
		{"br"},
		{"zstd"},
		{"gzip", "br"},
		{"zstd", "deflate", "gzip", "br"},
	} {
		t.Run(strings.Join(codings, "+"), func(t *testing.T) {
			encoded := encode(t, want, codings...)
			for name, r := range map[string]io.Reader{
				"whole":          bytes.NewReader(encoded),
				"byte by byte":   iotest.OneByteReader(bytes.NewReader(encoded)),
				"end with data":  iotest.DataErrReader(bytes.NewReader(encoded)),
				"trailing bytes": io.MultiReader(bytes.NewReader(encoded), strings.NewReader("junk behind the end")),
			} {
				got, err := decode(t, r, Limits{}, strings.Join(codings, " , "))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: got %d bytes and error %v, want %d bytes", name, len(got), err, len(want))
				}
			}
		})
	}
}

func TestDecodeReadsRawDeflate(t *testing.T) {
	want := prose(50_000)
	zlib := encode(t, want, "deflate")
	raw := zlib[2 : len(zlib)-4] // without header and checksum
	if got, err := decode(t, bytes.NewReader(raw), Limits{}, "deflate"); err != nil || !bytes.Equal(got, want) {
		t.Errorf("got %d bytes and error %v", len(got), err)
	}
}

func TestDecodeReadsEveryGzipMember(t *testing.T) {
	in := bytes.Join([][]byte{encode(t, []byte("one,"), "gzip"), encode(t, nil, "gzip"), encode(t, []byte("two"), "gzip")}, nil)
	if got, err := decode(t, bytes.NewReader(in), Limits{}, "X-GZip"); err != nil || string(got) != "one,two" {
		t.Errorf("got %q and error %v", got, err)
	}
	// A second member that begins and is cut off is not junk behind the end.
	got, err := decode(t, bytes.NewReader(in[:len(in)-6]), Limits{}, "gzip")
	if wantKind(t, err, Truncated); string(got) != "one,two" {
		t.Errorf("got %q before the error", got)
	}
}

func TestDecodeLeavesIdentityAndEmptyBodiesAlone(t *testing.T) {
	for _, coding := range append(Codings(), "identity", "") {
		if got, err := decode(t, strings.NewReader(""), Limits{}, coding); err != nil || len(got) > 0 {
			t.Errorf("empty under %q: got %q and error %v", coding, got, err)
		}
	}
	if got, err := decode(t, strings.NewReader("as it is"), Limits{}, "identity, Identity", ""); err != nil || string(got) != "as it is" {
		t.Errorf("got %q and error %v", got, err)
	}
}

func TestDecodeRefusesWhatItDoesNotKnow(t *testing.T) {
	_, err := Decode(strings.NewReader(""), []string{"gzip, rot13"}, Limits{})
	e := wantKind(t, err, UnknownCoding)
	if !strings.Contains(e.Message, "rot13") || !strings.Contains(e.Advice, "gzip, deflate, br, zstd") {
		t.Errorf("the error does not say what is unknown and what is known: %q, %q", e.Message, e.Advice)
	}
	_, err = Decode(strings.NewReader(""), []string{"gzip,gzip,gzip", "gzip,gzip,gzip"}, Limits{})
	wantKind(t, err, TooLarge)
}

func TestDecodeDeliversWhatCameBeforeTheError(t *testing.T) {
	want := prose(500_000)
	for _, coding := range Codings() {
		encoded := encode(t, want, coding)
		half := encoded[:len(encoded)/2]
		t.Run(coding+" truncated", func(t *testing.T) {
			got, err := decode(t, bytes.NewReader(half), Limits{}, coding)
			wantKind(t, err, Truncated)
			wantPrefix(t, got, want, len(want)/4)
		})
		t.Run(coding+" corrupt", func(t *testing.T) {
			broken := bytes.Clone(encoded)
			for i := len(broken) / 2; i < len(broken); i++ {
				broken[i] ^= 0xa5
			}
			got, err := decode(t, bytes.NewReader(broken), Limits{}, coding)
			if err == nil {
				t.Fatal("no error")
			}
			if len(got) == 0 {
				t.Error("nothing was delivered before the error")
			}
		})
		t.Run(coding+" with a broken connection", func(t *testing.T) {
			broken := errors.New("connection reset")
			got, err := decode(t, io.MultiReader(bytes.NewReader(half), iotest.ErrReader(broken)), Limits{}, coding)
			if err != broken {
				t.Errorf("got error %v, want the connection's own", err)
			}
			wantPrefix(t, got, want, len(want)/4)
		})
		t.Run(coding+" with an error behind its end", func(t *testing.T) {
			broken := errors.New("connection reset")
			got, err := decode(t, io.MultiReader(bytes.NewReader(encoded), iotest.ErrReader(broken)), Limits{}, coding)
			if err != broken || !bytes.Equal(got, want) {
				t.Errorf("got %d bytes and error %v, want all and the connection's error", len(got), err)
			}
		})
		t.Run(coding+" that is something else", func(t *testing.T) {
			_, err := decode(t, strings.NewReader("<!doctype html><title>502</title>"), Limits{}, coding)
			wantKind(t, err, Corrupt)
		})
	}
}

func wantPrefix(t *testing.T, got, want []byte, atLeast int) {
	t.Helper()
	if len(got) < atLeast || !bytes.HasPrefix(want, got) {
		t.Errorf("got %d bytes, want at least %d of the original", len(got), atLeast)
	}
}

// What was flushed must come out at once, though more of the body is still to come.
func TestDecodeDoesNotWaitForMore(t *testing.T) {
	for _, coding := range Codings() {
		t.Run(coding, func(t *testing.T) {
			r, w := io.Pipe()
			defer w.Close()
			go func() {
				encoder, err := newWriter(w, coding)
				if err != nil {
					t.Error(err)
					return
				}
				_, err = encoder.Write([]byte("first event"))
				if flusher, ok := encoder.(interface{ Flush() error }); err == nil && ok {
					err = flusher.Flush()
				}
				if err != nil {
					t.Error(err)
				}
			}()
			d, err := Decode(r, []string{coding}, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			defer d.Close()
			got := make([]byte, len("first event"))
			if _, err := io.ReadFull(d, got); err != nil || string(got) != "first event" {
				t.Errorf("got %q and error %v", got, err)
			}
		})
	}
}

// zeros is n zero bytes.
func zeros(n int64) io.Reader { return io.LimitReader(zeroReader{}, n) }

type zeroReader struct{}

func (zeroReader) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func bomb(t testing.TB, n int64, codings ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w, err := newWriter(&b, codings[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, zeros(n)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return encode(t, b.Bytes(), codings[1:]...)
}

func TestLimitsStopABomb(t *testing.T) {
	const size = 64 << 20
	for _, codings := range [][]string{{"gzip"}, {"deflate"}, {"br"}, {"zstd"}, {"gzip", "gzip"}} {
		encoded := bomb(t, size, codings...)
		for _, c := range []struct {
			name   string
			limits Limits
			says   string
			most   int64 // bytes that may be delivered
		}{
			{"by size", Limits{MaxSize: 1 << 20}, "limit of 1.0 MiB", 1 << 20},
			{"by expansion", Limits{MaxExpansion: 100}, " became 16.0 MiB when decoded, more than 100 times", expansionFloor + 1<<20},
		} {
			t.Run(strings.Join(codings, "+")+" "+c.name, func(t *testing.T) {
				d, err := Decode(bytes.NewReader(encoded), codings, c.limits)
				if err != nil {
					t.Fatal(err)
				}
				defer d.Close()
				n, err := io.Copy(io.Discard, d)
				e := wantKind(t, err, TooLarge)
				if n > c.most || !strings.Contains(e.Message, c.says) {
					t.Errorf("%d bytes were delivered, and the error says %q, want %q", n, e.Message, c.says)
				}
			})
		}
	}
}

// A chain whose last step gives nothing must not work for ever on what lies between.
func TestLimitsStopABombInTheMiddle(t *testing.T) {
	empties := bytes.Repeat(encode(t, nil, "gzip"), 2<<20)
	_, err := decode(t, bytes.NewReader(encode(t, empties, "br")), Limits{MaxExpansion: 100}, "gzip", "br")
	wantKind(t, err, TooLarge)
}

func TestLimitsLetThroughWhatFits(t *testing.T) {
	want := prose(100_000)
	for _, limits := range []Limits{{MaxSize: int64(len(want))}, {MaxExpansion: 1}} {
		if got, err := decode(t, bytes.NewReader(encode(t, want, "gzip")), limits, "gzip"); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%+v: got %d bytes and error %v", limits, len(got), err)
		}
	}
	_, err := decode(t, strings.NewReader("12345"), Limits{MaxSize: 4}, "identity")
	wantKind(t, err, TooLarge)
}
