package document

import (
	"fmt"
	"strings"
	"testing"
)

// drawTable is a window with its header, as text, the ends of rows marked.
func drawTable(w Window) string {
	head := draw(Window{Rows: w.Header})
	return "\n" + strings.ReplaceAll(head, "   │", "   ║") + draw(w)
}

func TestTables(t *testing.T) {
	for _, tc := range []struct {
		name, body, media string
		width, left       int
		from              int64
		want              string
	}{
		{name: "an array of objects", media: "application/json", width: 80, body: `[
{"id": 1, "name": "Ada", "tags": ["a", "b"], "ok": true},
{"name": "Grace \"Amazing\" Hopper", "id": 1024, "ok": null, "address": {"street": "1 Main Street", "city": "Arlington"}},
{"id": -7.50, "name": "", "tags": [1,2,3,4,5,6,7,8,9,10,11,12]}]`, want: `
   ║   id  name                    tags       ok    address│
  1│    1  Ada                     ["a","b"]  true│
  2│ 1024  Grace "Amazing" Hopper             null  {2}│
  3│-7.50  ""                      [12]│
`},
		{name: "scrolled sideways", media: "application/json", width: 12, left: 3, body: `[{"id":"123456789","name":"日本語のとても長い名前"},{"id":"x","name":"y"}]`, want: `
   ║        name│
  1│456789  日本│…
  2│        y│
`},
		{name: "wide characters", media: "application/json", width: 80, body: `[{"a":"日本語","b":1},{"a":"\u0065\u0301\ud83d\ude00","b":22},{"a":"👩‍👩‍👧","b":333}]`, want: `
   ║a         b│
  1│日本語    1│
  2│é😀      22│
  3│👩‍👩‍👧      333│
`},
		{name: "long cells", media: "application/json", width: 120, body: `[{"a":"` + strings.Repeat("long ", 20) + `","b":"x"},{"a":"` + strings.Repeat("長い", 20) + `","b":"` + strings.Repeat("9", 99) + `"}]`, want: `
   ║a                                         b│
  1│long long long long long long long long…  x│
  2│長い長い長い長い長い長い長い長い長い長…   999999999999999999999999999999999999999…│
`},
		{name: "hostile cells", media: "application/json", width: 80, body: "[{\"\x7f\u202e\":\"\\u001b[31m\\n\xff\",\"b\":\"\\ud800\"}]", want: `
   ║␡‹U+202E›   b│
  1│␛[31m␊‹FF›  \ud800│
`},
		{name: "mixed elements", media: "application/json", width: 80, body: `[1,"two",{"a":3},[4,5],null,[[6]]]`, want: `
   ║value  a  0    1│
  1│1│
  2│two│
  3│       3│
  4│          4    5│
  5│null│
  6│          [6]│
`},
		{name: "an array within the root", media: "application/json", width: 80, body: `{"total":3,"tags":["x"],"links":[{"rel":"self"}],"data":{"users":[{"name":"Ada"},{"name":"Grace","age":7},{"name":"Edith"}]},"ok":true}`, want: `
   ║name   age│
  1│Ada│
  2│Grace    7│
  3│Edith│
`},
		{name: "an error at its place", media: "application/json", width: 80, body: `[{"a":1},{"a":2,},{"a":3}]`, want: `
   ║a│
  1│1│
  2│2│
   │✗ expected a key in quotes, found '}' (byte 16)  },{"a":3}]│
`},
		{name: "an early end", media: "application/json", width: 80, body: `[{"a":1},{"a":"tw`, want: `
   ║a│
  1│1│
  2│tw…│
   │✗ the text ends within a string (byte 17)│
`},
		{name: "NDJSON with a broken line", media: "application/x-ndjson", width: 80, body: "{\"a\":1}\nDEBUG x\r\n{\"b\":2}\n3\n{\"a\":", want: `
   ║a  b  value│
  1│1│
   │✗ expected a value, found 'D' (byte 8)  DEBUG x│
  2│   2│
  3│          3│
  4││
   │✗ the text ends where a value should follow (byte 32)│
`},
		{name: "CSV", media: "text/csv", width: 80, body: "id,name,price\r\n1,\"Ada, \"\"the\"\" first\",1.50\r\n2,\"two\nlines\",\r\n\r\n10,\"\",-3\r\n", want: `
   ║id  name              price│
  1│ 1  Ada, "the" first   1.50│
  2│ 2  two␊lines│
  3│10  ""                   -3│
`},
		{name: "CSV without a header", media: "text/csv; header=absent", width: 80, body: "a;b,c\nd;e,f\n", want: `
   ║1    2│
  1│a;b  c│
  2│d;e  f│
`},
		{name: "CSV whose first line is data", media: "text/csv", width: 80, body: "1\tx\n2\ty\n", want: `
   ║1  2│
  1│1  x│
  2│2  y│
`},
		{name: "ragged CSV", from: sampleRows, media: "text/csv", width: 80, body: "a,b\n1\n1,2\n" + strings.Repeat("1,2\n", sampleRows) + "1,2,3,4\n", want: `
   ║a  b│
1001│1  2│
1002│1  2│
1003│1  2  +2 more│
`},
		{name: "CSV with an open quote", media: "text/csv", width: 80, body: "\ufeffsep=|\na|b\n1|\"never\nends,", want: `
   ║a  b│
  1│1  never␊ends,…│
   │✗ the text ends within a quoted field│
`},
		{name: "CSV sent as plain text", media: "text/plain", width: 80, body: "name,city\nAda,London\nGrace,New York\n", want: `
   ║name   city│
  1│Ada    London│
  2│Grace  New York│
`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := Open(fromString(tc.body), Options{ContentType: tc.media})
			defer d.Close()
			w, err := d.View(Table).Window(Pos{Line: tc.from}, Layout{Width: tc.width, Height: 20, Left: tc.left, Wrap: true})
			if err != nil {
				t.Fatal(err)
			}
			if got := drawTable(w); got != tc.want {
				t.Errorf("got%swant%s", got, tc.want)
			}
			if modes := fmt.Sprint(d.Modes()); !strings.Contains(modes, "table") {
				t.Errorf("modes are %s", modes)
			}
		})
	}
}
