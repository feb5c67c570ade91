package playground

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"testing/iotest"
)

func TestEvents(t *testing.T) {
	s := start(t)
	ids := func(path string, headers ...string) (string, *http.Response) {
		res, body := call(t, "GET", s.URL+path, "", headers...)
		var got []string
		for line := range strings.Lines(body) {
			if id, ok := strings.CutPrefix(line, "id: "); ok {
				got = append(got, strings.TrimSpace(id))
			}
		}
		return strings.Join(got, " "), res
	}
	if got, res := ids("/events?count=3"); got != "1 2 3" || res.Header.Get("Content-Type") != "text/event-stream" {
		t.Errorf("got %q, %v", got, res.Header)
	}
	if got, _ := ids("/events?count=5", "Last-Event-ID", "3"); got != "4 5" {
		t.Errorf("after 3: got %q", got)
	}
	if got, _ := ids("/events?count=5&drop=2", "Last-Event-ID", "1"); got != "2 3" {
		t.Errorf("dropped after 2: got %q", got)
	}
	if _, res := ids("/events?count=5", "Last-Event-ID", "5"); res.StatusCode != 204 {
		t.Errorf("after the last: got %s, want 204", res.Status)
	}
	if _, res := ids("/events", "Last-Event-ID", "x"); res.StatusCode != 400 {
		t.Errorf("an id that was never sent: got %s", res.Status)
	}
	if _, body := call(t, "GET", s.URL+"/events?count=1&event=a%0Adata:injected", ""); strings.Contains(body, "\ndata:injected") {
		t.Errorf("an event's name breaks out of its line: %q", body)
	}
}

func TestEventsArriveOneByOne(t *testing.T) {
	s := start(t)
	res, err := http.Get(s.URL + "/events?count=0&delay=1ms")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	in := bufio.NewScanner(res.Body)
	for seen := 0; seen < 5 && in.Scan(); {
		if strings.HasPrefix(in.Text(), "id: ") {
			seen++
		}
	}
	if err := in.Err(); err != nil {
		t.Error(err)
	}
}

func TestLines(t *testing.T) {
	s := start(t)
	_, body := call(t, "GET", s.URL+"/lines?count=3&keepalive=1", "")
	objects, blank := 0, 0
	for line := range strings.Lines(body) {
		if line == "\n" {
			blank++
			continue
		}
		if !json.Valid([]byte(line)) {
			t.Errorf("%q is not JSON", line)
		}
		objects++
	}
	if objects != 3 || blank != 3 {
		t.Errorf("%d objects and %d blank lines in %q", objects, blank, body)
	}
}

func TestDownloadIsTheSameInAnyPart(t *testing.T) {
	const size = 100_003
	whole, err := io.ReadAll(&noise{seed: seedOf("a"), size: size, ctx: t.Context()})
	if err != nil || len(whole) != size {
		t.Fatalf("%d bytes, %v", len(whole), err)
	}
	if err := iotest.TestReader(&noise{seed: seedOf("a"), size: size, ctx: t.Context()}, whole); err != nil {
		t.Error(err)
	}
	s := start(t)
	url := fmt.Sprintf("%s/download/a?size=%d", s.URL, size)
	random := rand.New(rand.NewPCG(1, 2))
	for range 50 {
		from := random.IntN(size)
		to := from + random.IntN(size-from)
		res, body := call(t, "GET", url, "", "Range", fmt.Sprintf("bytes=%d-%d", from, to))
		if res.StatusCode != 206 || body != string(whole[from:to+1]) {
			t.Fatalf("%d-%d: %s, and other bytes", from, to, res.Status)
		}
	}
	if _, other := call(t, "GET", s.URL+"/download/b?size=16", ""); other == string(whole[:16]) {
		t.Error("two names have the same bytes")
	}
}

func TestDownloadConditions(t *testing.T) {
	s := start(t)
	url := s.URL + "/download/r%C3%A9sum%C3%A9.bin?size=1KiB"
	res, body := call(t, "GET", url, "")
	etag := res.Header.Get("ETag")
	if len(body) != 1024 || res.ContentLength != 1024 || !strings.HasPrefix(etag, `"`) || res.Header.Get("Accept-Ranges") != "bytes" {
		t.Errorf("%d bytes, %v", len(body), res.Header)
	}
	if got := res.Header.Get("Content-Disposition"); got != "attachment; filename*=utf-8''r%C3%A9sum%C3%A9.bin" {
		t.Errorf("Content-Disposition is %q", got)
	}
	for _, c := range []struct {
		method, path, name, value string
		status, length            int
	}{
		{"GET", "", "If-None-Match", etag, 304, 0},
		{"HEAD", "", "", "", 200, 0},
		{"GET", "", "Range", "bytes=2000-", 416, -1},
		{"GET", "&ranges=0", "Range", "bytes=0-9", 200, 1024},
	} {
		res, body := call(t, c.method, url+c.path, "", c.name, c.value)
		if res.StatusCode != c.status || c.length >= 0 && len(body) != c.length {
			t.Errorf("%s %s %s: %s and %d bytes", c.method, c.name, c.value, res.Status, len(body))
		}
		if c.path != "" && res.Header.Get("Accept-Ranges") != "none" {
			t.Errorf("without ranges, Accept-Ranges is %q", res.Header.Get("Accept-Ranges"))
		}
	}
	for validator, status := range map[string]int{etag: 206, `"old"`: 200} {
		if res, _ := call(t, "GET", url, "", "Range", "bytes=0-9", "If-Range", validator); res.StatusCode != status {
			t.Errorf("If-Range %s: %s, want %d", validator, res.Status, status)
		}
	}
	if res, _ := call(t, "HEAD", s.URL+"/download/x?size=1TiB", ""); res.ContentLength != 1<<40 {
		t.Errorf("a tebibyte announces %d bytes", res.ContentLength)
	}
}

func TestBigJSONIsExactAndValid(t *testing.T) {
	for _, layout := range []jsonLayout{indented, compact} {
		for size := int64(2); size < 3000; size++ {
			var b strings.Builder
			if err := writeBigJSON(&b, size, layout); err != nil {
				t.Fatal(err)
			}
			if int64(b.Len()) != size || !json.Valid([]byte(b.String())) {
				t.Fatalf("size %d: %d bytes, %q", size, b.Len(), b.String())
			}
		}
	}
	s := start(t)
	for _, query := range []string{"size=1MiB", "size=1MiB&minified=1", "size=300KB"} {
		res, body := call(t, "GET", s.URL+"/json/big?"+query, "")
		if !json.Valid([]byte(body)) || int64(len(body)) != res.ContentLength {
			t.Errorf("%s: %d of %d bytes, valid JSON: %v", query, len(body), res.ContentLength, json.Valid([]byte(body)))
		}
		if oneLine := !strings.Contains(body, "\n"); oneLine != strings.Contains(query, "minified") {
			t.Errorf("%s: on one line: %v", query, oneLine)
		}
	}
	if res, _ := call(t, "GET", s.URL+"/json/big?size=1", ""); res.StatusCode != 400 {
		t.Errorf("a document of one byte: %s", res.Status)
	}
}

func TestUpload(t *testing.T) {
	s := start(t)
	const size = 70 << 20 // more than go-httpbin's endpoints take
	sum := sha256.New()
	file := &noise{seed: 1, size: size, ctx: t.Context()}
	res, err := http.Post(s.URL+"/upload", "application/octet-stream", io.TeeReader(file, sum))
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, _ := io.ReadAll(res.Body)
	if want := fmt.Sprintf(`"bytes_received":%d,"sha256":"%s"`, size, hex.EncodeToString(sum.Sum(nil))); !strings.Contains(string(body), want) {
		t.Errorf("got %s, want %s", body, want)
	}
	if !strings.Contains(string(body), `"transfer_encoding":["chunked"]`) {
		t.Errorf("got %s, sent in chunks", body)
	}
}
