package history

import (
	"fmt"
	"testing"
	"time"
)

// Each URL comes once, the one that was asked for last first, with the method it was asked with then.
func TestURLs(t *testing.T) {
	s := open(t, t.TempDir())
	for i, asked := range [][2]string{
		{"GET", "http://a.test/1"}, {"POST", "http://a.test/2"}, {"GET", "http://b.test/"}, {"PUT", "http://a.test/1"},
	} {
		add(t, s, Meta{Collection: "/c"}, sample{at: noon.Add(time.Duration(i) * time.Second), method: asked[0], url: asked[1]}.exchange(t))
	}
	got, err := s.URLs(t.Context(), 10)
	if want := "[{PUT http://a.test/1} {GET http://b.test/} {POST http://a.test/2}]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("got %v, %v, want %s", got, err, want)
	}
	if got, err := s.URLs(t.Context(), 2); err != nil || len(got) != 2 {
		t.Errorf("of at most two came %v, %v", got, err)
	}
}
