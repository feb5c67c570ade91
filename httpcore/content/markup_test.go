package content

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// markupTokens scans a text in pieces of so many bytes, with pieces of a token
// put together.
func markupTokens(text string, s *MarkupScanner, size int) (tokens []MarkupToken, err error) {
	given := 0
	for {
		if s.Err() == nil {
			s.Restore(s.State()) // each place is one to go on from
		}
		if given == len(text) {
			s.Last()
		}
		t, _ := s.Next([]byte(text[s.Offset():given]))
		switch {
		case t.Kind == MarkupInvalid:
			return tokens, s.Err()
		case t.Kind != MarkupNone && t.More:
			tokens[len(tokens)-1].End = t.End
		case t.Kind != MarkupNone:
			tokens = append(tokens, t)
		case given == len(text):
			return tokens, s.Finish()
		default:
			given = min(given+size, len(text))
		}
	}
}

var markupTexts = []string{
	`<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "]>"><!-- ' -->]><a x="1" y='>'>t &amp; u<b /><![CDATA[]]]]></a >`,
	"<a\n>\n\n b <c></c></a>", "<a><b></a>", "<a", "<a b", "<a b=", "<a b='", "<a b=c>", "<a b='<'>", "<a b='&'/>", "<a>&b</a>", "<a>&;</a>", "<a>& </a>", "</a>", "<a></a></a>",
	"<1>", "< a>", "<a><!x></a>", "<a><!-- - -- ---></a>", "<?a ??>", "<a>\x00</a>", "\ufeff<a/>", "<" + strings.Repeat("é", 200) + " b=''></" + strings.Repeat("é", 200) + ">",
	"<" + strings.Repeat("n", 300) + "></" + strings.Repeat("n", 299) + "m>", strings.Repeat("<a>", MaxMarkupDepth) + strings.Repeat("</a>", MaxMarkupDepth), "<a b/>", "<a/ >",
	"<!doctype html><p>a<p>b<br/>c<script>if(a</script >x<SCRIPT>\"</scripty></SCRIPT><textarea><p></textarea><a href=x/y>z</a></b><", "<!--><p>--></p", "<title>x</tit", "</ >x</", "<p =x/a='b\"c' d>&lt;&",
}

func TestMarkupInPiecesOfAnySize(t *testing.T) {
	for _, text := range markupTexts {
		for _, newScanner := range []func() *MarkupScanner{NewXMLScanner, NewHTMLScanner} {
			want, wantErr := markupTokens(text, newScanner(), len(text))
			at := int64(0)
			for _, token := range want {
				if strings.Trim(text[at:token.Start], " \t\r\n\f") != "" || token.End <= token.Start {
					t.Errorf("%.80q: bytes %d to %d are in no token", text, at, token.Start)
				}
				at = token.End
			}
			for _, size := range []int{1, 2, 7} {
				got, err := markupTokens(text, newScanner(), size)
				if fmt.Sprint(got, err) != fmt.Sprint(want, wantErr) {
					t.Errorf("%.80q in pieces of %d\n got %v, %v\nwant %v, %v", text, size, got, err, want, wantErr)
				}
			}
		}
	}
}

// TestXMLIsStrict compares with encoding/xml, which takes any declaration
// anywhere.
func TestXMLIsStrict(t *testing.T) {
	for _, text := range markupTexts {
		if strings.Contains(text, "<!x>") {
			continue
		}
		d := xml.NewDecoder(strings.NewReader(text))
		d.Entity = map[string]string{"b": "x"}
		var want error
		for want == nil {
			_, want = d.RawToken()
		}
		if errors.Is(want, io.EOF) {
			want = nil
			d := xml.NewDecoder(strings.NewReader(text))
			for want == nil {
				_, want = d.Token()
			}
		}
		_, err := markupTokens(text, NewXMLScanner(), len(text))
		if wrong := !errors.Is(want, io.EOF); (err != nil) != wrong {
			t.Errorf("%.80q: %v; encoding/xml says %v", text, err, want)
		}
	}
}

// TestXMLErrors looks at the places of errors, most of which encoding/xml passes
// over.
func TestXMLErrors(t *testing.T) {
	many := "<a"
	for i := range 3 * maxMarkupAttributes {
		many += fmt.Sprintf(" b%d=''", i)
	}
	for text, want := range map[string]string{
		"<a><!-- b -- c --></a>":            "expected > after two hyphens in a comment, found ' ' (byte 12)",
		"<a><!-- b ---></a>":                "expected > after two hyphens in a comment, found '-' (byte 12)",
		"<a><!--></a>-->":                   "the text ends where the end tag of the element at byte 0 should follow (byte 15)",
		"<a b='' c='' b=''/>":               "the tag has an attribute of this name already (byte 13)",
		"<a><c b=''/><c b='' b = ''/>":      "the tag has an attribute of this name already (byte 20)",
		"<a b='' B='' x:b=''><c b=''/></a>": "",
		many + " b7=''/>":                   fmt.Sprintf("the tag has an attribute of this name already (byte %d)", len(many)+1),
		many + "/>":                         "",
		"Not found":                         "expected an element, found 'N' (byte 0)",
		"\ufeff <?x?>\n&lt;<a/>":            "expected an element, found '&' (byte 10)",
		"<a></a> b":                         "expected the end of the text, found 'b' (byte 8)",
		"<a/><![CDATA[]]>":                  "expected the end of the text, found a CDATA section (byte 4)",
		"<a></a><!-- b --><?c?>\n<d/>":      "expected the end of the text, found another element (byte 23)",
		"\ufeff<?xml?><!-- --><a/>\n":       "",
	} {
		for _, size := range []int{1, len(text)} {
			_, err := markupTokens(text, NewXMLScanner(), size)
			if got := fmt.Sprint(err); got != want && (want != "" || err != nil) {
				t.Errorf("%.60q in pieces of %d: %s, want %s", text, size, got, want)
			}
		}
		whole := NewXMLScanner()
		whole.Last()
		for tag := (MarkupTag{}); whole.Err() == nil && whole.Offset() < int64(len(text)); {
			if !whole.Tag([]byte(text[whole.Offset():]), &tag) {
				whole.Next([]byte(text[whole.Offset():]))
			}
		}
		if err := whole.Finish(); err != nil && err.Error() != want || err == nil && want != "" {
			t.Errorf("%.60q by whole tags: %v, want %s", text, err, want)
		}
	}
}

func TestHTMLIsNeverWrong(t *testing.T) {
	for _, text := range markupTexts {
		if _, err := markupTokens(text, NewHTMLScanner(), 1); err != nil {
			t.Errorf("%.80q: %v", text, err)
		}
	}
}

// TestTagIsItsTokens compares whole tags with the tokens that they are.
func TestTagIsItsTokens(t *testing.T) {
	texts := append([]string{
		`<a b="1" c='"&#x20;'  d=""><e /><f>x</f ></a>`, `<p class="x" id=y hidden  =z><br/><svg/><DIV>x</Div></x><li a=b/>`,
		"<a b='\n'/>", "<a b=''c=''/>", "<a b = ''/>", "<a\fb></a>", "<a:b c:d=''></a:b>", "<_/>", "<script>a</script><b>", "<ul><li>a<li>b</ul>",
	}, markupTexts...)
	whole := 0
	for _, text := range texts {
		for _, newScanner := range []func() *MarkupScanner{NewXMLScanner, NewHTMLScanner} {
			one, all := newScanner(), newScanner()
			one.Last()
			all.Last()
			for one.Err() == nil && one.Offset() < int64(len(text)) {
				var got, want MarkupTag
				if !one.Tag([]byte(text[one.Offset():]), &got) {
					one.Next([]byte(text[one.Offset():]))
					continue
				}
				whole++
				for all.Offset() < one.Offset() && all.Err() == nil {
					token, _ := all.Next([]byte(text[all.Offset():]))
					if token.Start == got.Start {
						want = MarkupTag{Kind: token.Kind, Display: token.Display, Depth: token.Depth, Start: token.Start, End: token.Start}
					}
					want.Gaps += int(token.Start - want.End)
					want.Ends, want.End = token.Kind, token.End
				}
				if got != want || !slices.Equal(one.levels, all.levels) || !slices.Equal(one.within, all.within) {
					t.Errorf("%.80q: %+v %v\nby its tokens %+v %v", text, got, one.Levels(), want, all.Levels())
				}
			}
		}
	}
	if whole < 100 {
		t.Errorf("only %d tags were read at once", whole)
	}
}
