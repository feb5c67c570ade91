package body

import (
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"io"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// TestDecodeYieldsWhatWasFlushed follows a stream whose server flushes after each event, as those of live data do: what
// was flushed has to be there without a byte of what comes next.
func TestDecodeYieldsWhatWasFlushed(t *testing.T) {
	type flusher interface {
		io.WriteCloser
		Flush() error
	}
	for name, open := range map[string]func(io.Writer) flusher{
		"gzip":    func(w io.Writer) flusher { return gzip.NewWriter(w) },
		"deflate": func(w io.Writer) flusher { return zlib.NewWriter(w) },
		"deflate, raw": func(w io.Writer) flusher {
			z, err := flate.NewWriter(w, flate.DefaultCompression)
			if err != nil {
				t.Fatal(err)
			}
			return z
		},
		"br": func(w io.Writer) flusher { return brotli.NewWriter(w) },
		"zstd": func(w io.Writer) flusher {
			z, err := zstd.NewWriter(w)
			if err != nil {
				t.Fatal(err)
			}
			return z
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, w := io.Pipe()
			coding := name
			if name == "deflate, raw" {
				coding = "deflate"
			}
			decoded, err := Decode(r, []string{coding}, Limits{})
			if err != nil {
				t.Fatal(err)
			}
			defer decoded.Close()
			seen := make(chan string)
			go func() { // the server: it says the next only when the last has been seen
				z := open(w)
				for _, event := range []string{"data: one\n\n", "data: two\n\n", "data: three\n\n"} {
					if _, err := io.WriteString(z, event); err != nil {
						return
					}
					if z.Flush() != nil || <-seen != event {
						break
					}
				}
				_ = z.Close()
				_ = w.Close()
			}()
			watchdog := time.AfterFunc(5*time.Second, func() { _ = r.CloseWithError(io.ErrNoProgress) })
			defer watchdog.Stop()
			for _, event := range []string{"data: one\n\n", "data: two\n\n", "data: three\n\n"} {
				got := make([]byte, len(event))
				if _, err := io.ReadFull(decoded, got); err != nil || string(got) != event {
					t.Fatalf("%q, %v; want %q as soon as it was flushed", got, err, event)
				}
				seen <- event
			}
			if rest, err := io.ReadAll(decoded); err != nil || len(rest) > 0 {
				t.Errorf("%q, %v behind the last", rest, err)
			}
		})
	}
}
