package ui_test

import (
	"bufio"
	"bytes"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// rendering is what the program's own renderer writes: colours, places of the cursor, erasing, the cursor's visibility,
// synchronized updates, and nothing else.
var rendering = regexp.MustCompile(`^\x1b\[(\d+(;\d+)*)?[@ABCDGHJKLMPSTXZbdm]$|^\x1b\[\d q$|^\x1b\[([\d:]+;?)*m$|^\x1b\[\?(25|2026)[hl]$|^\x1b\]2;[^\x00-\x1f]*\x07$|^[\r\n\t\x08]$`)

func letsNothingAct(t *testing.T, p program) {
	d := p.open(t)
	d.Keys("ctrl+p")
	d.Sees("Palette")
	d.Type("content/hostile")
	d.SeesLine("│▌", "content/hostile", "request") // its method may not have been read by now
	d.Keys("enter")
	d.Sees("{{base_url}}/hostile")
	before := d.Output()
	d.Keys("f5")
	d.Sees("200 OK", "4e 6f 74 68") // it is binary, so its bytes are shown
	d.SeesNo("Stop")
	d.Keys("alt+4", "v")
	d.Sees("Nothing below may act on your terminal")
	d.Keys("G")
	d.Sees("no terminator")
	for !strings.Contains(d.Screen(), "Nothing below may act on your terminal") {
		d.Turn("ctrl+u") // so that every line has been on the screen
	}
	d.Keys("shift+tab", "right", "tab") // its headers
	d.Sees("X-Bidi")
	written := d.Output()[len(before):]
	// A part of what was written first, and of what was written last, may not have been read at the time.
	written = written[bytes.IndexByte(written, '\x1b'):bytes.LastIndexByte(written, '\x1b')]

	for _, sequence := range sequences(written) {
		if !rendering.Match(sequence) {
			t.Errorf("the terminal was sent %q", sequence)
		}
	}
	if !utf8.Valid(written) {
		t.Error("what the terminal was sent is not UTF-8")
	}
	for _, hostile := range hostileParts(t, p) {
		if i := bytes.Index(written, hostile); i >= 0 {
			t.Errorf("the terminal was sent %q of the response, after %q", hostile, written[max(0, i-20):i])
		}
	}
	d.Keys("ctrl+c")
	d.Leaves()
}

// sequences cuts out of what was written what is not text: controls, alone or with what belongs to them, and characters
// that have no place of their own.
func sequences(written []byte) (found [][]byte) {
	var state byte
	for len(written) > 0 {
		sequence, _, n, next := ansi.DecodeSequence(written, state, nil)
		r, _ := utf8.DecodeRune(sequence)
		if r < 0x20 || r >= 0x7f && r < 0xa0 || strings.ContainsRune("\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff", r) {
			found = append(found, slices.Clone(sequence))
		}
		written, state = written[n:], next
	}
	return found
}

// hostileParts are what stands in brackets in the response, but for what the renderer writes itself.
func hostileParts(t *testing.T, p program) (parts [][]byte) {
	t.Helper()
	base := regexp.MustCompile(`base_url\s*=\s*"(.*)"`).FindStringSubmatch(p.read(t, "environments/playground.toml"))
	if base == nil {
		t.Fatal("the environment does not say where the playground is")
	}
	response, err := http.Get(base[1] + "/hostile")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for lines := bufio.NewScanner(response.Body); lines.Scan(); {
		_, rest, _ := bytes.Cut(lines.Bytes(), []byte(": ["))
		part := slices.Clone(bytes.TrimSuffix(rest, []byte("]")))
		foreign := slices.ContainsFunc(sequences(part), func(s []byte) bool { return !rendering.Match(s) })
		if len(part) > 1 && (foreign || bytes.ContainsAny(part, "\r\b")) { // a bare ESC begins what the renderer writes
			parts = append(parts, part)
		}
	}
	if len(parts) < 50 {
		t.Fatalf("only %d hostile parts were found", len(parts))
	}
	return parts
}
