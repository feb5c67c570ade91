package protocol

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"parley/testdata/corpora"
)

// readEvents returns everything in a stream.
func readEvents(t *testing.T, r io.Reader, max int) []Message {
	t.Helper()
	events := NewEventReader(r, max, "")
	var all []Message
	for {
		m, err := events.Next()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, m)
	}
}

func TestEventsAreInterpretedAsTheStandardSays(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []Message
	}{
		{"data alone", "data\n\n", []Message{Event{Type: "message"}}},
		{"two lines of data alone", "data\ndata\n\n", []Message{Event{Type: "message", Data: "\n"}}},
		{"no data, no event", "event: x\nid: 1\n\ndata: a\n\n", []Message{Event{Type: "message", ID: "1", Data: "a"}}},
		{"unfinished", "data: a\n\ndata: b\n", []Message{Event{Type: "message", Data: "a"}}},
		{"unfinished line", "data: a\n\n: half", []Message{Event{Type: "message", Data: "a"}}},
		{"one space goes", "data:  a\n\n", []Message{Event{Type: "message", Data: " a"}}},
		{"names are exact", "Data: a\ndata : b\n data: c\n\n", nil},
		{"retry", "retry: 1500\nretry: -1\nretry: 1s\nretry:\nretry: ٣\n", []Message{RetrySet{1500 * time.Millisecond}}},
		{"retry beyond all bounds", "retry: 99999999999999999999\n", []Message{RetrySet{longestRetry}}},
		{"comment", ": hi\n:\n", []Message{Comment{"hi"}, Comment{""}}},
		{"not UTF-8", "data: a\xffb\xe2\x82\n\n", []Message{Event{Type: "message", Data: "a\ufffdb\ufffd"}}},
		{"long", "data: 0123456789abc\ndata: d\n\ndata: e\n\n", []Message{
			Event{Type: "message", Data: "0123456789", Omitted: 5}, Event{Type: "message", Data: "e"},
		}},
		{"many empty lines", strings.Repeat("data\n", 30) + "\n", []Message{Event{Type: "message", Data: strings.Repeat("\n", 10), Omitted: 19}}},
		{"one empty line", "data\n\n", []Message{Event{Type: "message"}}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := readEvents(t, strings.NewReader(tc.in), 10); !slices.Equal(got, tc.want) {
				t.Errorf("got  %#v\nwant %#v", got, tc.want)
			}
		})
	}
}

func TestLastIDGoesOnFromTheConnectionBefore(t *testing.T) {
	events := NewEventReader(strings.NewReader("data: a\n\nid\ndata: b\n\nid: 9\n"), 0, "7")
	for _, want := range []string{"7", ""} {
		m, err := events.Next()
		if event, ok := m.(Event); err != nil || !ok || event.ID != want {
			t.Errorf("%#v, %v; want the id %q", m, err, want)
		}
	}
	if _, err := events.Next(); err != io.EOF || events.LastID() != "" {
		t.Errorf("%v; the id of an event that was dropped counts: %q", err, events.LastID())
	}
}

// corpusCase is a case of the sse corpus.
type corpusCase struct {
	Name     string   `json:"name"`
	Chunks   []string `json:"chunks_latin1"`
	Expected []struct{ Type, ID, Data string }
	Comments []string
	Generate *struct {
		Prefix, Repeat, Suffix string
		Count                  int
	}
}

func TestCorpus(t *testing.T) {
	var corpus struct{ Cases []corpusCase }
	if err := json.Unmarshal(corpora.Read(t, "sse", "sse-cases.json"), &corpus); err != nil {
		t.Fatal(err)
	}
	if len(corpus.Cases) < 90 {
		t.Fatalf("only %d cases", len(corpus.Cases))
	}
	for _, c := range corpus.Cases {
		t.Run(c.Name, func(t *testing.T) { c.run(t) })
	}
}

func (c corpusCase) run(t *testing.T) {
	var want, comments []string
	for _, e := range c.Expected {
		want = append(want, fmt.Sprintf("%q %q %q", e.Type, e.ID, e.Data))
	}
	if g := c.Generate; g != nil {
		data := strings.Repeat(g.Repeat, g.Count)
		c.Chunks = []string{g.Prefix + data + g.Suffix}
		want = []string{fmt.Sprintf("%q %q %q", "message", "", data)}
	}
	var pieces []io.Reader
	for _, chunk := range c.Chunks {
		pieces = append(pieces, strings.NewReader(fromLatin1(chunk)))
	}
	var got []string
	for _, m := range readEvents(t, io.MultiReader(pieces...), 0) {
		switch m := m.(type) {
		case Event:
			got = append(got, fmt.Sprintf("%q %q %q", m.Type, m.ID, m.Data))
		case Comment:
			comments = append(comments, m.Text)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %.300q\nwant %.300q", got, want)
	}
	if c.Comments != nil && !slices.Equal(comments, c.Comments) {
		t.Errorf("comments %q, want %q", comments, c.Comments)
	}
}

// fromLatin1 returns the bytes that the corpus writes as characters.
func fromLatin1(s string) string {
	var b []byte
	for _, r := range s {
		b = append(b, byte(r))
	}
	return string(b)
}

func TestPiecesMakeNoDifference(t *testing.T) {
	parts := []string{"\n", "\r", "\r\n", "data", "data: a", "event: x", "id: 1", "id", "retry: 3", ": c", "\ufeff", "\xff", "\x00", " ", ":"}
	random := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		var in string
		for range random.IntN(12) {
			in += parts[random.IntN(len(parts))]
		}
		whole := readEvents(t, strings.NewReader(in), 8)
		if slow := readEvents(t, iotest.OneByteReader(strings.NewReader(in)), 8); !slices.Equal(slow, whole) {
			t.Fatalf("%q: byte by byte %#v, whole %#v", in, slow, whole)
		}
		for _, m := range whole {
			if event, ok := m.(Event); ok && (strings.ContainsAny(event.Type+event.ID, "\r\n") || strings.Contains(event.Data, "\r")) {
				t.Fatalf("%q: a line end within %#v", in, event)
			}
		}
	}
}

// BenchmarkEvents is to be far above the 50,000 events a second that have to be kept up with.
func BenchmarkEvents(b *testing.B) {
	const events = 10_000
	body := strings.Repeat("id: 123456\nevent: tick\ndata: {\"n\":123456,\"of\":0,\"message\":\"event\"}\n\n", events)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		reader := NewEventReader(strings.NewReader(body), 0, "")
		for {
			if _, err := reader.Next(); err != nil {
				break
			}
		}
	}
	b.ReportMetric(float64(events*b.N)/b.Elapsed().Seconds(), "events/s")
}
