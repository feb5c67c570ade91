package protocol

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func allLines(t *testing.T, r io.Reader, max int) ([]string, error) {
	t.Helper()
	lines := NewLineReader(r, max)
	var all []string
	for {
		line, err := lines.Next()
		if err != nil {
			return all, err
		}
		text := string(line.Text)
		if line.Omitted > 0 {
			text += fmt.Sprintf("+%d", line.Omitted)
		}
		if line.Unfinished {
			text += "$"
		}
		all = append(all, text)
	}
}

func TestLinesEndWithAnyLineEnd(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"LF", "a\nb\n", []string{"a", "b"}},
		{"CRLF", "a\r\nb\r\n", []string{"a", "b"}},
		{"CR", "a\rb\r", []string{"a", "b"}},
		{"mixed", "a\r\n\rb\n\rc\n\n", []string{"a", "", "b", "", "c", ""}},
		{"the last line without an end", "a\nb", []string{"a", "b$"}},
		{"a CR at the end", "a\n\r", []string{"a", ""}},
		{"long", strings.Repeat("x", 11) + "\ny\n", []string{strings.Repeat("x", 10) + "+1", "y"}},
		{"long and unfinished", strings.Repeat("x", 30), []string{strings.Repeat("x", 10) + "+20$"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for cut := range len(tc.in) + 1 { // in two pieces, cut anywhere: a CRLF too
				in := io.MultiReader(strings.NewReader(tc.in[:cut]), strings.NewReader(tc.in[cut:]))
				if got, err := allLines(t, in, 10); err != io.EOF || !slices.Equal(got, tc.want) {
					t.Errorf("cut at %d: %q, %v; want %q", cut, got, err, tc.want)
				}
			}
			if got, _ := allLines(t, iotest.OneByteReader(strings.NewReader(tc.in)), 10); !slices.Equal(got, tc.want) {
				t.Errorf("byte by byte: %q, want %q", got, tc.want)
			}
		})
	}
}

func TestALineIsThereWithItsEnd(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	go io.WriteString(w, "a\r")
	lines := NewLineReader(r, 0)
	if line, err := lines.Next(); err != nil || string(line.Text) != "a" {
		t.Fatalf("%q, %v: the end is known without what follows it", line.Text, err)
	}
	go io.WriteString(w, "\nb\n")
	if line, err := lines.Next(); err != nil || string(line.Text) != "b" {
		t.Errorf("%q, %v", line.Text, err)
	}
}

func TestLinesKeepWhatCameBeforeAnError(t *testing.T) {
	broken := errors.New("broken")
	got, err := allLines(t, io.MultiReader(strings.NewReader("a\nb"), iotest.ErrReader(broken)), 0)
	if !errors.Is(err, broken) || !slices.Equal(got, []string{"a", "b$"}) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestValuesAreChecked(t *testing.T) {
	values := NewValueReader(strings.NewReader("\ufeff{\"a\":1}\r\n\n  \n{nope}\n[1,\r2]\n\"x"), 0)
	var got []string
	for {
		v, err := values.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, fmt.Sprintf("%d %s %v", v.Number, v.Text, v.Err))
	}
	want := []string{
		`1 {"a":1} <nil>`,
		`4 {nope} expected a key in quotes or }, found 'n' (byte 1)`,
		"5 [1,\r2] <nil>",
		`6 "x the text ends within a string (byte 2)`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func BenchmarkLines(b *testing.B) {
	body := bytes.Repeat([]byte(`{"n":12345,"of":0,"message":"line 12345"}`+"\n"), 10_000)
	b.SetBytes(int64(len(body)))
	b.ReportAllocs()
	for b.Loop() {
		lines := NewLineReader(bytes.NewReader(body), 0)
		for {
			if _, err := lines.Next(); err != nil {
				break
			}
		}
	}
}
