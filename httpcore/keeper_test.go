package httpcore

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"parley/httpcore/body"
)

// keeper puts every answer into a file.
type keeper struct {
	dir  string
	seen []int
}

func (k *keeper) Handle(Event) {}

func (k *keeper) Keep(r *Response) body.StoreFile {
	k.seen = append(k.seen, r.Status)
	if r.Status != 200 {
		return nil
	}
	file, err := os.Create(filepath.Join(k.dir, "kept"))
	if err != nil {
		return nil
	}
	return file
}

func TestASinkMayKeepTheContent(t *testing.T) {
	session, _ := newFake(t, func(r *sentRequest) *fakeReply {
		if r.Target == "/" {
			return reply(302, "Location", "/there").with(strings.NewReader("moved"))
		}
		return reply(200).with(strings.NewReader("the content"))
	})
	k := &keeper{dir: t.TempDir()}
	x := do(t, session, &Request{URL: "http://a.test/", Options: DefaultOptions()}, k)
	if len(k.seen) != 1 || k.seen[0] != 200 {
		t.Errorf("asked about %v: a redirect that is followed is nobody's answer", k.seen)
	}
	if got, err := os.ReadFile(filepath.Join(k.dir, "kept")); err != nil || string(got) != "the content" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if got := contentOf(t, x.Response()); got != "the content" {
		t.Errorf("the body reads %q", got)
	}
}
