package body

import (
	"bytes"
	"io"
	"mime"
	stdmultipart "mime/multipart"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// read opens a payload twice, as a redirect would, and returns its content.
func read(t *testing.T, p Payload) string {
	t.Helper()
	var first string
	for i := range 2 {
		r, err := p.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Close(); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = string(data)
		} else if first != string(data) {
			t.Error("the second reading differs from the first")
		}
	}
	if size := p.Size(); size >= 0 && size != int64(len(first)) {
		t.Errorf("Size is %d for %d bytes", size, len(first))
	}
	return first
}

func write(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestPayloadsInMemory(t *testing.T) {
	for _, c := range []struct {
		name        string
		payload     Payload
		contentType string
		content     string
	}{
		{"text", Text("naïve", "text/csv"), "text/csv", "naïve"},
		{"text without a type", Text("x", ""), "", "x"},
		{"bytes", Bytes([]byte{0, 255}, "image/png"), "image/png", "\x00\xff"},
		{"JSON stays as written", JSON(`{ "b":1.0, "b":2}`), "application/json", `{ "b":1.0, "b":2}`},
		{"form", Form([]Pair{{"z", "1 2"}, {"a", "é&="}, {"z", "~-._*"}, {"", ""}}), "application/x-www-form-urlencoded", "z=1+2&a=%C3%A9%26%3D&z=~-._%2A&="},
		{"empty form", Form(nil), "application/x-www-form-urlencoded", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(t, c.payload); got != c.content || c.payload.ContentType() != c.contentType || c.payload.Size() < 0 {
				t.Errorf("got %q of type %q, want %q of %q", got, c.payload.ContentType(), c.content, c.contentType)
			}
		})
	}
}

func TestFile(t *testing.T) {
	path := write(t, "a.txt", "content")
	p, err := File(path, "text/plain")
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, p); got != "content" || p.Size() != 7 || p.ContentType() != "text/plain" {
		t.Errorf("got %q, %d bytes of type %q", got, p.Size(), p.ContentType())
	}
}

func TestFileThatCannotBeSent(t *testing.T) {
	_, err := File(filepath.Join(t.TempDir(), "none.bin"), "")
	if e := wantKind(t, err, FileUnavailable); !strings.Contains(e.Message, "none.bin") || e.Advice == "" {
		t.Errorf("the error does not help: %q, %q", e.Message, e.Advice)
	}
	_, err = File(t.TempDir(), "")
	wantKind(t, err, FileUnavailable)
}

func TestFileThatChangedIsNotSent(t *testing.T) {
	for name, change := range map[string]func(path string) error{
		"longer":        func(path string) error { return os.WriteFile(path, []byte("more content"), 0o600) },
		"touched later": func(path string) error { return os.Chtimes(path, time.Time{}, time.Now().Add(time.Hour)) },
	} {
		path := write(t, "a.txt", "content")
		p, err := File(path, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := change(path); err != nil {
			t.Fatal(err)
		}
		_, err = p.Open()
		if err == nil {
			t.Fatalf("%s: no error", name)
		}
		wantKind(t, err, FileChanged)
	}
	path := write(t, "a.txt", "content")
	p, err := File(path, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	_, err = p.Open()
	wantKind(t, err, FileUnavailable)
}

func TestFileThatChangesWhileItIsSent(t *testing.T) {
	path := write(t, "a.txt", strings.Repeat("x", 1000))
	p, err := File(path, "")
	if err != nil {
		t.Fatal(err)
	}
	r, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := io.ReadFull(r, make([]byte, 10)); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 20); err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if wantKind(t, err, FileChanged); len(got) != 10 {
		t.Errorf("%d bytes came before the error", len(got))
	}

	// A file that grows must not send more than its Content-Length said.
	r, err = mustFile(t, path).Open()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := os.WriteFile(path, []byte(strings.Repeat("y", 5000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || len(got) != 20 {
		t.Errorf("got %d bytes and error %v, want the 20 that were promised", len(got), err)
	}
}

func mustFile(t *testing.T, path string) Payload {
	t.Helper()
	p, err := File(path, "")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestMultipartAsItLeaves(t *testing.T) {
	photo := write(t, "ada.png", "PNG")
	p, err := Multipart([]Part{
		{Name: "name", Value: "Ada\nLovelace"},
		{Name: "a\"b\r\nc", Value: ""},
		{Name: "photo", File: photo},
		{Name: "photo", File: photo, Filename: `é "1".bin`, ContentType: "image/x"},
		{Name: "note", Value: "{}", ContentType: "application/json", Filename: "n.json"},
	}, "X-1")
	if err != nil {
		t.Fatal(err)
	}
	want := strings.ReplaceAll(`--X-1
Content-Disposition: form-data; name="name"

Ada^Lovelace
--X-1
Content-Disposition: form-data; name="a%22b%0D%0Ac"


--X-1
Content-Disposition: form-data; name="photo"; filename="ada.png"
Content-Type: image/png

PNG
--X-1
Content-Disposition: form-data; name="photo"; filename="é %221%22.bin"
Content-Type: image/x

PNG
--X-1
Content-Disposition: form-data; name="note"; filename="n.json"
Content-Type: application/json

{}
--X-1--
`, "\n", "\r\n")
	want = strings.Replace(want, "^", "\n", 1)
	if got := read(t, p); got != want || p.Size() != int64(len(want)) {
		t.Errorf("got %q, want %q", got, want)
	}
	if p.ContentType() != "multipart/form-data; boundary=X-1" {
		t.Errorf("got type %q", p.ContentType())
	}
}

func TestMultipartBoundaries(t *testing.T) {
	for _, boundary := range []string{"", "a", "(x y)/=?:.,'+_-", strings.Repeat("b", 70)} {
		p, err := Multipart([]Part{{Name: "n", Value: "v"}}, boundary)
		if err != nil {
			t.Errorf("%q: %v", boundary, err)
			continue
		}
		// Another reader must find the part by our Content-Type.
		_, params, err := mime.ParseMediaType(p.ContentType())
		if err != nil {
			t.Fatal(err)
		}
		form, err := stdmultipart.NewReader(strings.NewReader(read(t, p)), params["boundary"]).ReadForm(1 << 10)
		if err != nil || form.Value["n"][0] != "v" {
			t.Errorf("%q: got %v and error %v", boundary, form, err)
		}
	}
	for _, c := range []struct{ boundary, says string }{
		{strings.Repeat("b", 71), "70"},
		{"ends in space ", "space"},
		{"a\r\nb", `'\r'`},
		{"é", "é"},
		{"v", `"n"`},
	} {
		_, err := Multipart([]Part{{Name: "n", Value: "--v"}}, c.boundary)
		if e := wantKind(t, err, InvalidBoundary); !strings.Contains(e.Message, c.says) {
			t.Errorf("%q: the error does not say %q: %s", c.boundary, c.says, e.Message)
		}
	}
}

func TestMultipartWithAMissingFile(t *testing.T) {
	_, err := Multipart([]Part{{Name: "f", File: filepath.Join(t.TempDir(), "none")}}, "")
	wantKind(t, err, FileUnavailable)
}

// unsized is a payload that does not know its size.
type unsized struct{ Payload }

func (unsized) Size() int64 { return -1 }

func TestCompress(t *testing.T) {
	content := prose(200_000)
	for _, coding := range Codings() {
		for name, inner := range map[string]Payload{
			"at once":      Bytes(content, "text/x"),
			"as it leaves": unsized{Bytes(content, "text/x")},
		} {
			t.Run(coding+" "+name, func(t *testing.T) {
				p, err := Compress(inner, strings.ToUpper(coding))
				if err != nil {
					t.Fatal(err)
				}
				sent := read(t, p)
				if (p.Size() < 0) != (inner.Size() < 0) || p.ContentType() != "text/x" || len(sent) > len(content)/2 {
					t.Errorf("%d bytes became %d, with Size %d and type %q", len(content), len(sent), p.Size(), p.ContentType())
				}
				if e, ok := p.(Encoded); !ok || e.ContentEncoding() != coding {
					t.Errorf("%T does not tell its coding", p)
				}
				if got, err := decode(t, strings.NewReader(sent), Limits{}, coding); err != nil || !bytes.Equal(got, content) {
					t.Errorf("got back %d bytes and error %v", len(got), err)
				}
			})
		}
	}
}

func TestCompressLeavesIdentityAndRefusesTheUnknown(t *testing.T) {
	p, err := Compress(Text("x", ""), "identity")
	if err != nil || read(t, p) != "x" {
		t.Errorf("got %v and error %v", p, err)
	}
	_, err = Compress(Text("x", ""), "rot13")
	wantKind(t, err, UnknownCoding)
}

func TestCompressReportsAFileThatChanged(t *testing.T) {
	path := write(t, "a", "content")
	p := mustFile(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	_, err := Compress(p, "gzip")
	wantKind(t, err, FileUnavailable)
}

func TestStreamIsSentOnce(t *testing.T) {
	p := Stream(strings.NewReader("as it comes"), "standard input", "text/plain")
	if p.Size() != -1 || p.ContentType() != "text/plain" {
		t.Errorf("size %d, type %q", p.Size(), p.ContentType())
	}
	r, err := p.Open()
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(r); err != nil || string(got) != "as it comes" {
		t.Errorf("%q, %v", got, err)
	}
	_, err = p.Open()
	if known, ok := err.(*Error); !ok || known.Kind != NotRepeatable || !strings.Contains(known.Message, "standard input") {
		t.Errorf("opened again: %v", err)
	}
}
