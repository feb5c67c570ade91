package playground

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// A coding is a content coding: the token that names it in Content-Encoding, and how to write it.
type coding struct {
	token  string
	writer func(io.Writer) (io.WriteCloser, error)
}

// codings by their names in a path. deflate is zlib, as RFC 9110, section 8.4.1.2, means it; deflate-raw is what some servers
// send under the same token.
var codings = map[string]coding{
	"gzip":        {"gzip", func(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }},
	"deflate":     {"deflate", func(w io.Writer) (io.WriteCloser, error) { return zlib.NewWriter(w), nil }},
	"deflate-raw": {"deflate", func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.DefaultCompression) }},
	"br":          {"br", func(w io.Writer) (io.WriteCloser, error) { return brotli.NewWriter(w), nil }},
	"zstd":        {"zstd", func(w io.Writer) (io.WriteCloser, error) { return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1)) }},
	"identity":    {"identity", func(w io.Writer) (io.WriteCloser, error) { return nopCloser{w}, nil }},
}

const maxCodings = 8

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

func brotliEcho(w http.ResponseWriter, r *http.Request) { echoEncoded(w, r, []string{"br"}) }
func zstdEcho(w http.ResponseWriter, r *http.Request)   { echoEncoded(w, r, []string{"zstd"}) }

func encodedEcho(w http.ResponseWriter, r *http.Request) {
	echoEncoded(w, r, strings.Split(r.PathValue("codings"), ","))
}

// echoEncoded answers like go-httpbin's /gzip, in codings that are applied from the first to the last.
func echoEncoded(w http.ResponseWriter, r *http.Request, names []string) {
	if len(names) > maxCodings {
		problem(w, http.StatusBadRequest, "at most "+strconv.Itoa(maxCodings)+" codings")
		return
	}
	body, err := json.MarshalIndent(map[string]any{
		"args": r.URL.Query(), "headers": r.Header, "method": r.Method, "encoded": names,
	}, "", "  ")
	if err != nil {
		problem(w, http.StatusInternalServerError, err.Error())
		return
	}
	var tokens []string
	for _, name := range names {
		c, known := codings[strings.TrimSpace(name)]
		if !known {
			problem(w, http.StatusNotFound, "no such coding: "+name)
			return
		}
		if body, err = encode(c, body); err != nil {
			problem(w, http.StatusInternalServerError, err.Error())
			return
		}
		tokens = append(tokens, c.token)
	}
	w.Header().Set("Content-Encoding", strings.Join(tokens, ", "))
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // fails only when the client has gone
}

func encode(c coding, body []byte) ([]byte, error) {
	var buf bytes.Buffer
	w, err := c.writer(&buf)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	err = w.Close()
	return buf.Bytes(), err
}
