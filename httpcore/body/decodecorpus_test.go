package body

import (
	"bytes"
	"testing"

	"parley/testdata/corpora"
)

// Files made by other encoders than ours. text.* hold one text; SOURCE.md says what the others are.
func TestCorpusCompression(t *testing.T) {
	read := func(name string) []byte { return corpora.Read(t, "compression", "made", name) }
	text, err := decode(t, bytes.NewReader(read("text.gz")), Limits{}, "gzip")
	if err != nil || !bytes.Contains(text, []byte("CANDIDE")) {
		t.Fatalf("text.gz: %d bytes and error %v", len(text), err)
	}
	const whole, prefix, any = "whole", "prefix", "any"
	for _, c := range []struct {
		file, coding string
		kind         Kind   // "" for no error
		gives        string // the whole text, a part from its beginning, or another text
	}{
		{"text.x-gzip", "x-gzip", "", whole},
		{"text.zlib", "deflate", "", whole},
		{"text.rawdeflate", "deflate", "", whole},
		{"text.br", "br", "", whole},
		{"text.zst", "zstd", "", whole},
		{"gzip-then-br.bin", "gzip, br", "", whole},
		{"multi-member.gz", "gzip", "", whole},
		{"skippable+two-frames.zst", "zstd", "", whole},
		{"trailing-garbage.gz", "gzip", "", whole},
		{"bad-crc.gz", "gzip", Corrupt, whole},
		{"truncated.gz", "gzip", Truncated, prefix},
		{"truncated.br", "br", Truncated, prefix},
		{"truncated.zst", "zstd", Truncated, any}, // one block, which is not there whole
		{"not-gzip.gz", "gzip", Corrupt, any},
		{"empty.gz", "gzip", "", any},
		{"zero-length.gz", "gzip", "", any},
		{"window-128MiB.zst", "zstd", TooLarge, any}, // RFC 9659 allows 8 MiB
	} {
		t.Run(c.file, func(t *testing.T) {
			got, err := decode(t, bytes.NewReader(read(c.file)), Limits{}, c.coding)
			if c.kind != "" {
				wantKind(t, err, c.kind)
			} else if err != nil {
				t.Fatal(err)
			}
			if c.gives == whole && !bytes.Equal(got, text) || c.gives == prefix && (len(got) == 0 || !bytes.HasPrefix(text, got)) {
				t.Errorf("got %d bytes, want the %s of a text of %d", len(got), c.gives, len(text))
			}
		})
	}
}

func FuzzDecode(f *testing.F) {
	for _, codings := range []string{"gzip", "deflate", "br", "zstd", "gzip, br"} {
		f.Add(codings, encode(f, []byte("hello, hello, hello"), "gzip"))
	}
	for _, coding := range Codings() {
		f.Add(coding, encode(f, []byte("hello, hello, hello"), coding))
	}
	f.Fuzz(func(t *testing.T, codings string, data []byte) {
		d, err := Decode(bytes.NewReader(data), []string{codings}, Limits{MaxSize: 1 << 20})
		if err == nil {
			_, err = bytes.NewBuffer(nil).ReadFrom(d)
			defer d.Close()
		}
		if err == nil {
			return
		}
		if e, ok := err.(*Error); !ok || e.Message == "" {
			t.Fatalf("untyped error %T: %v", err, err)
		}
	})
}
