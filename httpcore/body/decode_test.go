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
				if name == "trailing bytes" && codings[len(codings)-1] == "zstd" {
					continue // zstd frames may follow each other, so junk is a broken frame
				}
				got, err := decode(t, r, Limits{}, strings.Join(codings, " , "))
				if err != nil || !bytes.Equal(got, want) {
					t.Errorf("%s: got %d bytes and error %v, want %d bytes", name, len(got), err, len(want))
				}
			}
		})
	}
}
