package history

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"

	"parley/collections/disk"
	"parley/httpcore"
)

func TestNoSecretReachesTheDisk(t *testing.T) {
	const value = "s3cret-Täken/+=value"
	dir := t.TempDir()
	s := open(t, dir)
	secret := httpcore.NewSecret("token", value)
	long := strings.Repeat("padding ", 4_000)
	x := sample{
		url: "http://127.0.0.1:8080/?key=s3cret-T%C3%A4ken%2F%2B%3Dvalue", content: `{"t": "` + value + `"}` + long,
		status: 200, reply: long + "you sent Bearer " + value + long,
		headers:  []httpcore.Header{{Field: httpcore.Field{Name: "Authorization", Value: "Bearer " + value}, Source: httpcore.SourceAuth}},
		received: httpcore.Fields{{Name: "X-Echo", Value: value}},
		secrets:  []httpcore.Secret{secret},
		auth:     httpcore.Auth{Type: "bearer", Values: httpcore.Fields{{Name: "token", Value: value}}},
		err:      &httpcore.Error{Kind: httpcore.KindStatus, Message: "bad " + value, Advice: "not " + value},
	}.exchange(t)
	x.Request.Params.Add(value, "a param's name")
	x.Hops[0].Dropped = []httpcore.Dropped{{What: "param " + value, Why: value}}
	x.Last().Interim = []httpcore.Interim{{Status: 103, Reason: value, Headers: httpcore.Fields{{Name: "Link", Value: value}}}}
	id := add(t, s, Meta{Written: "token = '" + value + "'"}, x)
	spool := NewSpool(disk.OS(), dir)
	if err := spool.Add(Meta{}, x); err != nil {
		t.Fatal(err)
	}

	entry := get(t, s, id)
	for what, text := range map[string]string{
		"the answer's body": content1(t, entry.Exchange.Response().Body),
		"a header":          entry.Exchange.Hops[0].Prepared.Headers[0].Value,
		"the auth values":   entry.Exchange.Request.Auth.Values[0].Value,
	} {
		if strings.Contains(text, value) || !strings.Contains(text, "{secret token}") {
			t.Errorf("%s has no mark in the place of the secret: %.80q", what, text)
		}
	}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if unpacked, failed := zstd.NewReader(bytes.NewReader(data)); failed == nil && strings.HasSuffix(path, ".zst") {
			defer unpacked.Close()
			data, err = io.ReadAll(unpacked)
		}
		if bytes.Contains(data, []byte("s3cret")) {
			t.Errorf("%s holds the secret", path)
		}
		if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v (%v)", path, info.Mode(), err)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
