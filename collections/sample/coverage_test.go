package sample

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"parley/httpcore/playground"
)

// The sample has a request for each endpoint: for every first segment of a path that the playground's index shows.
func TestEveryEndpointHasASample(t *testing.T) {
	sampled := map[string]bool{}
	err := fs.WalkDir(files, root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".toml") {
			return err
		}
		var r struct{ URL string }
		_, err = toml.DecodeFS(files, name, &r)
		_, path, _ := strings.Cut(r.URL, "}}")
		sampled[firstSegment(path)] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range playground.Endpoints() {
		for _, word := range strings.Fields(e.Usage) {
			if strings.HasPrefix(word, "/") && !sampled[firstSegment(word)] {
				t.Errorf("no sample asks for %s", word)
			}
		}
	}
}

func firstSegment(path string) string {
	path = strings.TrimPrefix(path, "/")
	return path[:len(path)-len(strings.TrimLeft(path, "abcdefghijklmnopqrstuvwxyz0123456789.-"))]
}
