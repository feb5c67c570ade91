package document

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"parley/httpcore/content"
	"parley/testdata/corpora"
	"parley/ui/safe"
)

// markupBodies are the texts in markup that examples of bodies hold.
func markupBodies(t *testing.T) map[string]content.Kind {
	t.Helper()
	found := map[string]content.Kind{}
	begins := regexp.MustCompile(`^\s*<[?!a-zA-Z][^<]*>`)
	var collect func(value any)
	collect = func(value any) {
		switch value := value.(type) {
		case map[string]any:
			for _, v := range value {
				collect(v)
			}
		case []any:
			for _, v := range value {
				collect(v)
			}
		case string:
			if kind := content.Sniff("", []byte(value[:min(len(value), content.SniffLen)])); begins.MatchString(value) && (kind == content.XML || kind == content.HTML) {
				found[value] = kind
			}
		}
	}
	for _, dir := range []string{corpora.Dir(t, "bruno"), corpora.Dir(t, "postman"), filepath.Join(corpora.Dir(t, "openapi"), "readme-oas-examples")} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".json" {
				return err
			}
			text, err := os.ReadFile(path)
			var value any
			if json.Unmarshal(text, &value) == nil {
				collect(value)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return found
}

// TestEveryTokenOfMarkupIsShownAsInTheSource compares what is seen of bodies
// with their tokens: all but white space between them, in order.
func TestEveryTokenOfMarkupIsShownAsInTheSource(t *testing.T) {
	bodies := markupBodies(t)
	if len(bodies) < 10 {
		t.Fatalf("only %d bodies", len(bodies))
	}
	for text, kind := range bodies {
		var spans []Span
		for _, l := range wholeBody([]byte(text), markupCutterOf(kind)()) {
			spans = append(spans, l.spans...)
		}
		scan := content.NewXMLScanner()
		if kind == content.HTML {
			scan = content.NewHTMLScanner()
		}
		scan.Last()
		for {
			token, _ := scan.Next([]byte(text[scan.Offset():]))
			if token.Kind == content.MarkupNone || token.Kind == content.MarkupInvalid {
				break
			}
			shown, rest := takeToken(spans, content.Token{Start: token.Start, End: token.End})
			spans = rest
			want := shownToken{roleOfMarkup[token.Kind], safe.Line(text[token.Start:token.End])}
			switch token.Kind {
			case content.MarkupSpace: // layout, or text
				continue
			case content.MarkupStart, content.MarkupEnd:
				want.role = Tag // its bracket comes before the name
			}
			if shown != want {
				t.Errorf("%.60q: %v is shown as %v", text, want, shown)
			}
		}
		if err := scan.Finish(); err != nil {
			t.Errorf("%.60q: %v", text, err)
		}
		for _, s := range spans {
			if s.Len > 0 || s.Role == Error {
				t.Errorf("%.60q: more is shown: %v", text, s)
			}
		}
	}
}
