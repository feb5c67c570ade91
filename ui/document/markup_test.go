package document

import (
	"fmt"
	"strings"
	"testing"

	"parley/httpcore/content"
)

func TestMarkupIsLaidOut(t *testing.T) {
	for _, tc := range []struct {
		name, body string
		kind       content.Kind
		want       string
	}{
		{"XML", `<?xml version="1.0"?><!DOCTYPE a><a x="1"  y='2'><b>Ada</b><c/><d></d><e >f</e><!-- g --><![CDATA[h<i]]></a>`, content.XML, `
  1│<?xml version="1.0"?>│
  2│<!DOCTYPE a>│
  3│<a x="1" y='2'>│
  4│  <b>Ada</b>│
  5│  <c/>│
  6│  <d></d>│
  7│  <e >f</e>│
  8│  <!-- g -->│
  9│  <![CDATA[h<i]]>│
 10│</a>│
`},
		{"XML that is laid out already", "<a>\n\t<b>\r\n\t\t1\n\n2\n</b>\n\t<c\n\td='e'>  </c>\n</a>\n", content.XML, `
  1│<a>│
  2│  <b>│
  3│    1│
  4│    2│
  5│  </b>│
  6│  <c d='e'></c>│
  7│</a>│
`},
		{"text with elements within", `<r><p>This is <b>bold <i>and</i></b>, this <br/>is not.</p><p><b>x</b> and<i>y</i></p></r>`, content.XML, `
  1│<r>│
  2│  <p>This is <b>bold <i>and</i></b>, this <br/>is not.</p>│
  3│  <p>│
  4│    <b>x</b> and<i>y</i>│
  5│  </p>│
  6│</r>│
`},
		{"HTML leaves end tags out", `<!doctype html><html><head><meta charset=utf-8><title>A <b></title><body><ul><li>One<li>Two <a href=x>x</a> y</ul>` +
			`<p>Para <b>b</b> <i>i</i><br>next<p>Second<div>d</div><table><tr><td>1<td>2<tr><td>3</table><select><option>a<option selected>b</select>tail</body></html>`, content.HTML, `
  1│<!doctype html>│
  2│<html>│
  3│  <head>│
  4│    <meta charset=utf-8>│
  5│    <title>A <b></title>│
  6│  <body>│
  7│    <ul>│
  8│      <li>One│
  9│      <li>Two <a href=x>x</a> y│
 10│    </ul>│
 11│    <p>Para <b>b</b> <i>i</i><br>│
 12│      next│
 13│    <p>Second│
 14│    <div>d</div>│
 15│    <table>│
 16│      <tr>│
 17│        <td>1│
 18│        <td>2│
 19│      <tr>│
 20│        <td>3│
 21│    </table>│
 22│    <select>│
 23│      <option>a│
 24│      <option selected>b│
 25│    </select>│
 26│    tail│
 27│  </body>│
 28│</html>│
`},
		{"what keeps its lines", "<div><script>if (a < b)\n    c = '</div>';\n</script><pre>\n x  <b>y</b>\n   z</pre><textarea>\n<p></textarea></div>", content.HTML, `
  1│<div>│
  2│  <script>if (a < b)│
  3│    c = '</div>';│
  4│</script>│
  5│  <pre>│
  6│ x  <b>y</b>│
  7│   z</pre>│
  8│  <textarea>│
  9│<p></textarea>│
 10│</div>│
`},
		{"HTML is never wrong", "<p>1 < 2 & 3 </b><x/>y</q></", content.HTML, `
  1│<p>1 < 2 & 3 </b>│
  2│  <x/>│
  3│  y</q></│
`},
		{"an end tag that is another's", "<a>\n<b>1</c>\n</a>", content.XML, `
  1│<a>│
  2│  <b>1│
   │✗ expected the end tag of the element at byte 4, found another end tag (byte 8)│
  3│</c>│
  4│</a>│
`},
		{"an element without an end", "<a><b>1</b>", content.XML, `
  1│<a>│
  2│  <b>1</b>│
   │✗ the text ends where the end tag of the element at byte 0 should follow (byte 11)│
`},
		{"a tag within a tag", "<a <b>", content.XML, `
  1│<a│
   │✗ expected an attribute or the end of the tag, found '<' (byte 3)│
  2│<b>│
`},
		{"a bare ampersand", "<a b='c'>d & e</a>", content.XML, `
  1│<a b='c'>d │
   │✗ expected &amp; or another entity, found a single & (byte 11)│
  2│& e</a>│
`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			w, err := openView(t, tc.body, tc.kind, Pretty).Window(Pos{}, Layout{Width: 90, Height: 40})
			if err != nil {
				t.Fatal(err)
			}
			if got := "\n" + draw(w); got != tc.want {
				t.Errorf("got%swant%s", got, tc.want)
			}
		})
	}
}

func TestDeepMarkupSaysSo(t *testing.T) {
	body := strings.Repeat("<div>", content.MaxMarkupDepth+2) + strings.Repeat("</div>", content.MaxMarkupDepth+2)
	for kind, want := range map[content.Kind]string{
		content.XML:  "✗ elements are nested more than 1000 deep (byte 5000)",
		content.HTML: "nested more than 1000 deep",
	} {
		lines := wholeBody([]byte(body), markupCutterOf(kind)())
		if got := lineText(lines[content.MaxMarkupDepth]); !strings.Contains(got, want) {
			t.Errorf("%v: %q, want %q", kind, got, want)
		}
		if got := lineText(lines[len(lines)-1]); kind == content.HTML && strings.TrimSpace(got) != "</div>" {
			t.Errorf("the last line is %q", got)
		}
	}
}

// checkFoldedMarkup folds markup to some depth, and compares lines found from
// marks with those found from the start.
func checkFoldedMarkup(t *testing.T, all *indexed, body []byte, c *markupCutter, folds []byte) {
	t.Helper()
	if len(folds) == 0 {
		return
	}
	limit := int(folds[0] % 4)
	want := wholeBody(body, c.folded(limit))
	x := shortSteps(t, body, newFolded(all, limit).newCutter, all.step)
	for i := range want {
		got, err := x.lines(int64(i), 1)
		if err != nil || len(got) != 1 || fmt.Sprint(got[0]) != fmt.Sprint(want[i]) {
			t.Fatalf("line %d of %q folded to %d\n got %+v, %v\nwant %+v", i, body, limit, got, err, want[i])
		}
	}
	v := &View{src: all.src, lines: always(all)}
	shown, _ := v.Lines()
	for i := range shown {
		at, err := v.Fold(Pos{Line: i})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := v.Unfold(at); err != nil {
			t.Fatal(err)
		}
		if now, _ := v.Lines(); now != shown {
			t.Fatalf("%q has %d lines, %d once its line %d was folded and unfolded", body, shown, now, i)
		}
	}
}

func TestMarkupFolds(t *testing.T) {
	for _, tc := range []struct {
		body  string
		kind  content.Kind
		depth int
		want  string
	}{
		{`<r><a><b>1</b><b>2</b></a><c>x</c><d><e><f/></e></d></r>`, content.XML, 1, `
  1│<r>│
  2│  <a> 2 children, 23 B </a>│
  6│  <c>x</c>│
  7│  <d> 1 child, 18 B </d>│
 12│</r>│
`},
		{`<div><ul><li><p>1<li><p>2</ul><p>3</div>`, content.HTML, 2, `
  1│<div>│
  2│  <ul>│
  3│    <li> 1 child, 8 B │
  5│    <li> 1 child, 8 B │
  7│  </ul>│
  8│  <p>3│
  9│</div>│
`},
	} {
		d := Open(fromString(tc.body), Options{Kind: tc.kind})
		defer d.Close()
		v := d.View(Pretty)
		until(t, d, func() bool { _, done := v.Lines(); return done })
		v.FoldTo(tc.depth)
		until(t, d, func() bool { _, done := v.Lines(); return done })
		layout := Layout{Width: 60, Height: 40}
		w, err := v.Window(Pos{}, layout)
		if got := "\n" + draw(w); err != nil || got != tc.want {
			t.Errorf("got%swant%s%v", got, tc.want, err)
		}
		v.FoldTo(-1)
		at, err := v.Toggle(Pos{Line: 1})
		if w, err2 := v.Window(at, layout); err != nil || err2 != nil || !strings.Contains(draw(w), "children, ") || !strings.HasPrefix(draw(w), "  2│") {
			t.Errorf("folded by itself\n%s%v, %v", draw(w), err, err2)
		}
	}
}

func TestMarkupNode(t *testing.T) {
	for _, tc := range []struct {
		body string
		kind content.Kind
		want map[string]string // of what begins there: its path, and what it is
	}{
		{`<r><a x="1" y='&lt;'>t</a><b/><a >u<!-- c --></a></r>`, content.XML, map[string]string{
			`<r>`:  `/r <r><a x="1" y='&lt;'>t</a><b/><a >u<!-- c --></a></r>`,
			`<a x`: `/r/a[1] <a x="1" y='&lt;'>t</a>`, `x="1`: `/r/a[1]/@x "1"`, `'&lt`: `/r/a[1]/@y '&lt;'`, `t</a`: `/r/a[1] <a x="1" y='&lt;'>t</a>`,
			`</a><b`: `/r/a[1] <a x="1" y='&lt;'>t</a>`, `<b/`: `/r/b[1] <b/>`, `/><a`: `/r/b[1] <b/>`, `u<`: `/r/a[2] <a >u<!-- c --></a>`,
			`c --`: `/r/a[2] <a >u<!-- c --></a>`, `y=`: `/r/a[1]/@y '&lt;'`, `lt;`: `/r/a[1]/@y '&lt;'`,
		}},
		{`<html><body><ul><li>1<li id=x hidden>2<br>3</ul><P>4<p>5</body></html>`, content.HTML, map[string]string{
			`1<`: `/html/body/ul[1]/li[1] <li>1`, `2<`: `/html/body/ul[1]/li[2] <li id=x hidden>2<br>3`, `x h`: `/html/body/ul[1]/li[2]/@id x`,
			`hidd`: `/html/body/ul[1]/li[2]/@hidden `, `br>`: `/html/body/ul[1]/li[2]/br[1] <br>`, `</ul`: `/html/body/ul[1] <ul><li>1<li id=x hidden>2<br>3</ul>`,
			`4<`: `/html/body/p[1] <P>4`, `5<`: `/html/body/p[2] <p>5`,
		}},
	} {
		for _, step := range []int{1, 3, 1000} {
			x := shortSteps(t, []byte(tc.body), markupCutterOf(tc.kind), step)
			v := &View{src: x.src, lines: always(x)}
			for at, want := range tc.want {
				n, ok, err := v.Node(int64(strings.Index(tc.body, at)))
				if got := n.Path + " " + tc.body[n.Value.Start:n.Value.End]; got != want || !ok || err != nil || n.Open {
					t.Errorf("in steps of %d at %s: %s, %v %v %v; want %s", step, at, got, ok, err, n.Open, want)
				}
			}
		}
	}
}
