package content

import (
	"strings"
	"testing"
)

func TestSniff(t *testing.T) {
	for _, tc := range []struct {
		media, head string
		want        Kind
	}{
		{"application/json", "not really", JSON},
		{"Application/JSON; charset=utf-8", "", JSON},
		{"application/problem+json", "", JSON},
		{"", ")]}'\n{\"a\":1}", JSON},
		{"text/html", "\ufeff)]}',\n[[1,2]]", JSON},
		{"text/javascript", "for(;;);{\"a\":1}", JSON},
		{"text/plain", "while(1);[{\"a\":", JSON},
		{"text/javascript", "while(1);{ step() }", JavaScript},
		{"text/javascript", "for(;;){}", JavaScript},
		{"", ")]}' is no JSON", Text},
		{"application/json; charset", "{}", JSON},
		{"application/x-ndjson", "{}", NDJSON},
		{"image/svg+xml", "", XML},
		{"application/atom+xml", "", XML},
		{"application/xhtml+xml", "", HTML},
		{"image/webp", "", Image},
		{"text/csv; header=present", "a,b", CSV},
		{"text/tab-separated-values", "a\tb", CSV},
		{"multipart/form-data; boundary=x", "--x", Multipart},
		{"application/x-www-form-urlencoded", "a=b", Form},
		{"", "", Unknown},
		{"text/plain", "", Text},
		{"text/plain", ` {"a": [1, 2]}`, JSON},
		{"application/octet-stream", "[1,2,3", JSON},
		{"", "\ufeff{\"a\":1}", JSON},
		{"", "{\"a\":1}\n{\"a\":2}\n", NDJSON},
		{"", "[ERROR] something", Text},
		{"", "{{ template }}", Text},
		{"", "<!DOCTYPE html><p>", HTML},
		{"", "<?xml version='1.0'?><html>", HTML},
		{"", "<?xml version='1.0'?><feed>", XML},
		{"", "<note><to>x</to></note>", XML},
		{"", "<3", Text},
		{"", "---\na: 1\n", YAML},
		{"", "\x89PNG\r\n\x1a\n", Image},
		{"", "GIF89a", Image},
		{"", "RIFF\x00\x00\x00\x00WEBPVP8 ", Image},
		{"", "a\x00b", Binary},
		{"", "PK\x03\x04", Binary},
		{"", "plain words", Text},
		{"nonsense", "plain words", Text},
		{"text/html", ` {"a": [1]}`, JSON},
		{"text/html; charset=utf-8", "[{\"a\":1},", JSON},
		{"text/html", "{\"a\":1}\n{\"a\":2}\n", NDJSON},
		{"text/html", "{{ template }}<p>", HTML},
		{"text/html", "[<a href=x>1</a>]", HTML},
		{"text/html", "", HTML},
		{"text/html", "<p>", HTML},
		{"text/plain", `<svg xmlns="http://www.w3.org/2000/svg"/>`, XML},
		{"text/plain", `<rss version="2.0">`, XML},
		{"", "<!-- made by x -->\n<feed>", XML},
		{"", "<!-- made by x --><!-- y --><!DOCTYPE html>", HTML},
		{"", "<!-- made by x --><table>", HTML},
		{"", "<!-- made by x", HTML},
		{"application/problem+json", "", JSON},
		{"", ")]}'\n{\"a\":1}", JSON},
		{"text/html", "\ufeff)]}',\n[[1,2]]", JSON},
		{"text/javascript", "for(;;);{\"a\":1}", JSON},
		{"text/plain", "while(1);[{\"a\":", JSON},
		{"text/javascript", "while(1);{ step() }", JavaScript},
		{"text/javascript", "for(;;){}", JavaScript},
		{"", ")]}' is no JSON", Text},
	} {
		if got := Sniff(tc.media, []byte(tc.head)); got != tc.want {
			t.Errorf("Sniff(%q, %.30q) = %v, want %v", tc.media, tc.head, got, tc.want)
		}
	}
}

func FuzzSniff(f *testing.F) {
	f.Add("text/plain; x=\"", `{"a":`)
	f.Fuzz(func(t *testing.T, media, head string) {
		kind := Sniff(media, []byte(head[:min(len(head), SniffLen)]))
		if strings.TrimSpace(kind.String()) == "" {
			t.Errorf("kind %d has no name", kind)
		}
	})
}
