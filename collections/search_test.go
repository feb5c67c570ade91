package collections

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"parley/collections/disk"
)

// searching is a collection of these files.
func searching(t *testing.T, texts map[string]string) *Collection {
	t.Helper()
	root := t.TempDir()
	for name, text := range texts {
		file := filepath.Join(root, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o755), os.WriteFile(file, []byte(text), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	c, err := Open(disk.OS(), root)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func allHits(c *Collection, text string) []Hit {
	var all []Hit
	for s, done := c.Find(text), false; !done; {
		var hits []Hit
		hits, done = s.Next(context.Background())
		all = append(all, hits...)
	}
	return all
}

func TestSearchFindsTextInEveryKindOfFile(t *testing.T) {
	c := searching(t, map[string]string{
		"collection.toml":       "name = \"Acme\"\n[headers]\nX-Needle = \"1\"\n",
		"users/folder.toml":     "[vars]\nneedle = \"2\"\n",
		"users/create.toml":     "method = \"POST\"\nurl = \"http://a.test/\"\n\n[body]\njson = '''\n{\n  \"a\": \"NEEDLE é\"\n}\n'''\n",
		"users/needle.toml":     "url = \"http://b.test/\"\n",
		"environments/dev.toml": "[vars]\nbase = \"http://needle.test\"\n",
	})
	var got []string
	for _, h := range allHits(c, "needle") {
		got = append(got, fmt.Sprintf("%s%s:%d %s %s[%s]", h.Path, h.Environment, h.Line, h.Key, h.Method, h.Text[h.From:h.To]))
	}
	want := []string{
		"collection:3 headers.X-Needle [Needle]",
		"users/folder:2 vars.needle [needle]",
		"users/create:7 body.json POST[NEEDLE]",
		"users/needle:0  GET[needle]",
		"dev:2 vars.base [needle]",
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%q\nwant\n%q", got, want)
	}
}

func TestSearchTellsBoundedLines(t *testing.T) {
	long := make([]byte, 5000)
	for i := range long {
		long[i] = 'x'
	}
	c := searching(t, map[string]string{"a.toml": "url = \"" + string(long) + "needle" + string(long) + "\"\n"})
	hits := allHits(c, "NEEDLE")
	if len(hits) != 1 || len(hits[0].Text) > searchLine || hits[0].Text[hits[0].From:hits[0].To] != "needle" {
		t.Errorf("%+v", hits)
	}
	if many := allHits(c, "x"); len(many) != 1 {
		t.Errorf("%d hits are told of one line", len(many))
	}
}

func TestSearchGoesOnPieceByPieceAndStops(t *testing.T) {
	texts := map[string]string{}
	for i := range searchPiece + 10 {
		texts[fmt.Sprintf("r%04d.toml", i)] = "url = \"http://needle.test/\"\n"
	}
	c := searching(t, texts)
	s := c.Find("needle")
	if hits, done := s.Next(context.Background()); len(hits) != searchPiece || done {
		t.Errorf("%d hits, done %v", len(hits), done)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, done := s.Next(ctx); !done {
		t.Error("it goes on after it was stopped")
	}
	if hits := allHits(c, "needle"); len(hits) != searchPiece+10 {
		t.Errorf("%d hits", len(hits))
	}
}

// A paste may bring what is no text.
func TestSearchForWhatIsNoText(t *testing.T) {
	c := searching(t, map[string]string{"a.toml": "url = \"http://a.test/\"\n"})
	if hits := allHits(c, "a\xff"); len(hits) != 0 {
		t.Errorf("found %+v", hits)
	}
}
