package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"parley/httpcore/content"
	"parley/ui/safe"
)

// tagged shows roles as <role:text>.
func tagged(r Role) (on, off string) {
	if r == Plain {
		return "", ""
	}
	return "<" + r.String() + ":", ">"
}

func TestPrint(t *testing.T) {
	long := `"` + strings.Repeat("x", 3*maxLine) + `"`
	for _, tc := range []struct {
		name string
		body string
		kind content.Kind
		want string
	}{
		{"JSON", `{"a":[1,true],"b":"\u001b` + "\u202e" + `"}`, content.JSON, `<punctuation:{>
  <key:"a"><punctuation::> <punctuation:[>
    <number:1><punctuation:,>
    <literal:true>
  <punctuation:]><punctuation:,>
  <key:"b"><punctuation::> <string:"\u001b><mark:‹U+202E›><string:">
<punctuation:}>
`},
		{"not JSON", `{"a" 1}`, content.JSON, `<punctuation:{>
  <key:"a">
<error:✗ expected a colon after the key, found '1' (byte 5)>
1}
`},
		{"text", "a\x1b\r\nb", content.Text, "a<mark:␛>\nb\n"},
		{"nothing", "", content.Text, ""},
		{"a long string stays on its line", long, content.JSON, joinPieces(long) + "\n"},
		{"YAML", "a: 1 # x\n", content.YAML, "<key:a><punctuation::> <number:1> <comment:# x>\n"},
		{"XML", `<a b="c">d</a>`, content.XML, `<punctuation:<><tag:a> <attribute:b><punctuation:=><string:"c"><punctuation:>>d<punctuation:</><tag:a><punctuation:>>` + "\n"},
		{"HTML with a script", "<p><script>var a</script>", content.HTML, "<punctuation:<><tag:p><punctuation:>>\n  <punctuation:<><tag:script><punctuation:>>var a<punctuation:</><tag:script><punctuation:>>\n"},
		{"not XML", "<a>&b c", content.XML, "<punctuation:<><tag:a><punctuation:>><name:&b>\n<error:✗ expected ; after the name of an entity, found ' ' (byte 5)>\n c\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var out strings.Builder
			if err := Print(&out, iotest.OneByteReader(strings.NewReader(tc.body)), tc.kind, tagged); err != nil {
				t.Fatal(err)
			}
			if out.String() != tc.want {
				t.Errorf("got  %s\nwant %s", out.String(), tc.want)
			}
		})
	}
}

func TestColourKeepsTheLayout(t *testing.T) {
	for body, want := range map[string]string{
		"{ \"a\":\r\n\t[1,\n\n true ]}\n": "<punctuation:{> <key:\"a\"><punctuation::>\n\t<punctuation:[><number:1><punctuation:,>\n\n <literal:true> <punctuation:]}>\n",
		"[1,\n}\n2":                       "<punctuation:[><number:1><punctuation:,>\n}\n2\n",
		"for(;;);[1]":                     "<comment:for(;;);><punctuation:[><number:1><punctuation:]>\n",
		"\ufeff[\"é\"]":                   "<mark:‹U+FEFF›><punctuation:[><string:\"é\"><punctuation:]>\n",
		"nope\n":                          "<literal:n>ope\n",
	} {
		var out strings.Builder
		if err := Colour(&out, strings.NewReader(body), content.JSON, tagged); err != nil || out.String() != want {
			t.Errorf("%q\n got %q, %v\nwant %q", body, out.String(), err, want)
		}
		var slow strings.Builder
		err := Colour(&slow, iotest.OneByteReader(strings.NewReader(body)), content.JSON, NoStyle)
		if plain := safe.Text(strings.TrimSuffix(body, "\n") + "\n"); err != nil || !strings.HasPrefix(body, byteOrderMark) && slow.String() != plain {
			t.Errorf("%q byte by byte\n got %q, %v\nwant %q", body, slow.String(), err, plain)
		}
	}
}

// joinPieces is a long string token as tagged shows it: in pieces of a line.
func joinPieces(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		n := fits(0, []byte(s))
		fmt.Fprintf(&b, "<string:%s>", s[:n])
		s = s[n:]
	}
	return b.String()
}

func TestPrintReportsErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, kind := range []content.Kind{content.JSON, content.Text, content.CSS} {
		if err := Print(io.Discard, iotest.ErrReader(broken), kind, nil); !errors.Is(err, broken) {
			t.Errorf("%v: reading: %v", kind, err)
		}
		r, w := io.Pipe()
		r.CloseWithError(broken)
		if err := Print(w, strings.NewReader(strings.Repeat("[1,2],\n", 100000)), kind, nil); !errors.Is(err, broken) {
			t.Errorf("%v: writing: %v", kind, err)
		}
	}
}

// FuzzPrint checks that what is printed does not depend on how it arrives, and
// that nothing in it acts on a terminal.
func FuzzPrint(f *testing.F) {
	f.Add([]byte("{\"é\":[1,\"\x1b\"],\n\"b\":tru}\r\n"), false)
	f.Add([]byte("a\xc3\u202e\r"), true)
	f.Fuzz(func(t *testing.T, body []byte, text bool) {
		kind := content.JSON
		if text {
			kind = content.Text
		}
		for _, print := range []func(io.Writer, io.Reader, content.Kind, Style) error{Print, Colour} {
			var whole, dripped strings.Builder
			err := print(&whole, bytes.NewReader(body), kind, tagged)
			if err2 := print(&dripped, iotest.OneByteReader(bytes.NewReader(body)), kind, tagged); err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			if whole.String() != dripped.String() {
				t.Fatalf("%q\n printed whole   %q\n byte by byte    %q", body, whole.String(), dripped.String())
			}
			if !safe.Plain(whole.String(), safe.KeepNewline|safe.KeepTab) {
				t.Fatalf("%q is printed as %q", body, whole.String())
			}
		}
	})
}
