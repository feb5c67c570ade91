package httpcore_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"parley/httpcore"
	"parley/httpcore/content"
)

// growing is a source of which the first bytes are there.
type growing struct {
	text string
	here int
}

func (g *growing) ReadAt(p []byte, off int64) (int, error) {
	return strings.NewReader(g.text[:g.here]).ReadAt(p, off)
}
func (g *growing) Size() int64         { return int64(g.here) }
func (g *growing) Done() (bool, error) { return g.here == len(g.text), nil }
func (g *growing) Wait(context.Context, int64) error {
	g.here = min(len(g.text), g.here+1)
	return nil
}

const hiddenValue = "s3cret+va/lue"

// hiding is a text that holds a secret in its forms, and what is to be seen of it.
func hiding() (text, seen string) {
	var b, want strings.Builder
	for _, part := range []string{
		`{"a": "`, hiddenValue, `", "b": "`, hex.EncodeToString([]byte(hiddenValue)), `", "c": "s3cret", "d": "`,
		`", "e": "`, "s3cret%2Bva%2Flue", `"}`, hiddenValue, hiddenValue, " s3cret+va/luX ",
	} {
		b.WriteString(part)
		if strings.Contains(part, "va/lue") || strings.Contains(part, "%2Flue") || part == hex.EncodeToString([]byte(hiddenValue)) {
			part = strings.Repeat("*", len(part))
		}
		want.WriteString(part)
	}
	return b.String(), want.String()
}

func TestAMaskedSourceHidesSecretsInTheirPlaces(t *testing.T) {
	text, want := hiding()
	masker := httpcore.NewMasker([]httpcore.Secret{httpcore.NewSecret("s", hiddenValue)}, httpcore.Mark)
	src := masker.Source(content.NewSource(strings.NewReader(text), int64(len(text))))
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		p := make([]byte, 1+r.IntN(len(text)))
		off := r.IntN(len(text))
		n, err := src.ReadAt(p, int64(off))
		if short := off+len(p) > len(text); short != (err == io.EOF) || n != min(len(p), len(text)-off) {
			t.Fatalf("%d bytes at %d: %d, %v", len(p), off, n, err)
		}
		if got := string(p[:n]); got != want[off:off+n] {
			t.Fatalf("at %d:\n got %q\nwant %q", off, got, want[off:off+n])
		}
	}
	encoded := "x" + base64.StdEncoding.EncodeToString([]byte("ab"+hiddenValue+"c"))
	src = masker.Source(content.NewSource(strings.NewReader(encoded), int64(len(encoded))))
	data, err := io.ReadAll(io.NewSectionReader(src, 0, src.Size()))
	if err != nil || strings.Contains(string(data), encoded[5:15]) || len(data) != len(encoded) {
		t.Errorf("%q became %q, %v", encoded, data, err)
	}
}

func TestAMaskedSourceShowsNoBeginningOfASecretWhileItGrows(t *testing.T) {
	text, want := hiding()
	masker := httpcore.NewMasker([]httpcore.Secret{httpcore.NewSecret("s", hiddenValue)}, httpcore.Mark)
	g := &growing{text: text}
	src := masker.Source(g)
	last := int64(0)
	for {
		size := src.Size()
		if size < last {
			t.Fatalf("it shrank from %d to %d", last, size)
		}
		p := make([]byte, size)
		if n, err := src.ReadAt(p, 0); size > 0 && (n != len(p) || err != nil) {
			t.Fatal(n, err)
		}
		if got := string(p); got != want[:size] {
			t.Fatalf("of %d bytes:\n got %q\nwant %q", g.here, got, want[:size])
		}
		last = size
		if done, _ := src.Done(); done {
			break
		}
		if err := src.Wait(context.Background(), size); err != nil {
			t.Fatal(err)
		}
		if done, _ := src.Done(); !done && src.Size() <= size {
			t.Fatal("it waited for nothing")
		}
	}
	if last != int64(len(text)) {
		t.Errorf("it ends at %d of %d", last, len(text))
	}
}

func TestASourceWithoutSecretsIsItself(t *testing.T) {
	src := content.NewSource(bytes.NewReader(nil), 0)
	if httpcore.NewMasker(nil, httpcore.Mark).Source(src) != src || (*httpcore.Masker)(nil).Source(src) != src {
		t.Error("it was wrapped")
	}
}
