package report

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"parley/collections/runner/batch"
	"parley/httpcore"
)

func htmlOf(t *testing.T, run func(Report) batch.Summary) (string, *html.Node) {
	t.Helper()
	var out bytes.Buffer
	r, err := New("html", &out, About{Title: "Acme", Environments: []string{"dev"}, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Close(run(r)); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), root
}

// all returns the elements of that name.
func all(root *html.Node, tag string) []*html.Node {
	var found []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && n.Data == tag {
			found = append(found, n)
		}
	}
	return found
}

func textIn(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
			b.WriteString(" ")
		}
	}
	return b.String()
}

func has(n *html.Node, name, value string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name && a.Val == value })
}

func TestHTMLTellsOfARun(t *testing.T) {
	data, root := htmlOf(t, func(r Report) batch.Summary { return sample(t, r) })
	rows := all(root, "details")
	if len(rows) != 5 {
		t.Fatalf("there are %d rows", len(rows))
	}
	for i, want := range []struct {
		state string
		open  bool
		text  []string
	}{
		{"passed", false, []string{"users/login", "201 Created", "POST /login?key={secret key} HTTP/1.1", `{"password": "{secret pw}"}`, `{"token": "{secret token}", "id": 7}`, "token = {secret token}", "192.0.2.1:80"}},
		{"failed", true, []string{"users/read (row 2)", `is ada: json.name == "ada"`, `json.name is "bob"`, "0 of 2 expectations met"}},
		{"broken", true, []string{"other/wrong", "unknown variable `nothing`", "hint: define it"}},
		{"broken", true, []string{"users/gone", "cannot connect to gone.test", "GET /x HTTP/1.1"}},
		{"skipped", false, []string{"users/later", `when: env == "prod" is false`}},
	} {
		if !has(rows[i], "data-state", want.state) || has(rows[i], "open", "") != want.open {
			t.Errorf("row %d has the attributes %v", i, rows[i].Attr)
		}
		text := textIn(rows[i])
		for _, part := range want.text {
			if !strings.Contains(text, part) {
				t.Errorf("row %d does not say %q: %s", i, part, text)
			}
		}
	}
	if bars := all(rows[0], "rect"); len(bars) != 8 { // four phases, in the row and in the table
		t.Errorf("%d phases are drawn", len(bars))
	}
	text := textIn(root)
	for _, want := range []string{"Acme", "not passed", "environment dev", "1/3", "median", "slowest"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	golden(t, "sample.html", []byte(data))
}

var outside = regexp.MustCompile(`(?i)(https?:)?//[a-z]|url\(|@import|<link|<img|<iframe|<object|<form`)

// The page is whole in itself, and a policy keeps it so.
func TestHTMLNeedsNothingElse(t *testing.T) {
	data, root := htmlOf(t, func(Report) batch.Summary { return batch.Summary{} })
	if found := outside.FindString(data); found != "" {
		t.Errorf("the page has %q", found)
	}
	if len(all(root, "script")) != 1 || all(root, "script")[0].FirstChild.Data != pageScript || all(root, "style")[0].FirstChild.Data != pageStyle {
		t.Error("script and style are not those that the policy names")
	}
	policy := fmt.Sprintf("default-src 'none'; style-src '%s'; script-src '%s'; base-uri 'none'; form-action 'none'", hashOf(pageStyle), hashOf(pageScript))
	if !slices.ContainsFunc(all(root, "meta"), func(n *html.Node) bool { return has(n, "content", policy) }) {
		t.Error("the policy is missing")
	}
	if !strings.Contains(pageStyle, "prefers-color-scheme: dark") {
		t.Error("there is no dark page")
	}
}

// elements and attributes are all that a page may have, whatever servers say.
var (
	elements   = strings.Fields("html head meta title style body header h1 h2 h3 h4 p span b ul li div button input details summary svg rect text line table tbody tr td pre footer script")
	attributes = strings.Fields(`lang charset http-equiv content name class data-state data-time open type aria-pressed aria-label aria-hidden placeholder
		id role hidden viewBox preserveAspectRatio x y x1 x2 y1 y2 width height rx text-anchor`)
)

func TestTextOfOthersCannotActOnThePage(t *testing.T) {
	data, root := htmlOf(t, func(r Report) batch.Summary {
		s := hostileStage(t)
		s.run("a/bad", 0, r)
		s.run("a/image", 0, r)
		s.run("a/gone", 0, r)
		s.skip("a/image", hostile, r)
		return batch.Summary{Passed: 1, Err: fmt.Errorf("%s", hostile)}
	})
	for n := range root.Descendants() {
		if n.Type == html.CommentNode {
			t.Errorf("there is a comment %q", n.Data)
		}
		if n.Type != html.ElementNode {
			continue
		}
		if !slices.Contains(elements, n.Data) {
			t.Errorf("there is a <%s>", n.Data)
		}
		for _, a := range n.Attr {
			if !slices.Contains(attributes, a.Key) {
				t.Errorf("<%s> has %s=%q", n.Data, a.Key, a.Val)
			}
		}
	}
	if len(all(root, "script")) != 1 || len(all(root, "details")) != 4 {
		t.Errorf("there are %d scripts and %d rows", len(all(root, "script")), len(all(root, "details")))
	}
	if !strings.Contains(textIn(root), "<script>alert(1)</script>") {
		t.Error("what the server said cannot be read")
	}
	for _, r := range data {
		if r < ' ' && r != '\n' && r != '\t' || r == 0x7f || r == '\u202e' {
			t.Fatalf("%q is in the page", r)
		}
	}
}

// A body of which only the beginning is shown may end in the middle of a secret.
func TestDetailsHaveNoPartOfASecret(t *testing.T) {
	secret := "value-of-key-0123"
	for at := maxBody - 2*len(secret); at < maxBody+len(secret); at += 3 {
		text := strings.Repeat("x", at) + secret + strings.Repeat("y", 3*maxSecret)
		masker := httpcore.NewMasker([]httpcore.Secret{httpcore.NewSecret("key", secret)}, httpcore.Mark)
		shown := beginning(strings.NewReader(text), "text/plain", int64(len(text)), words{masker})
		if strings.Contains(shown, secret[:4]) || len(shown) > maxBody+100 {
			t.Fatalf("at %d it ends in %q", at, shown[max(0, len(shown)-60):])
		}
	}
	var number strings.Builder
	for i := 0; number.Len() < maxSecret-100; i++ {
		fmt.Fprintf(&number, "%x.", i*7919)
	}
	long := number.String()
	masker := httpcore.NewMasker([]httpcore.Secret{httpcore.NewSecret("long", long)}, httpcore.Mark)
	text := "x" + long + strings.Repeat("y", 10*maxSecret)
	if shown := beginning(strings.NewReader(text), "text/plain", -1, words{masker}); strings.Contains(shown, long[:40]) || !strings.Contains(shown, "x{secret long}") {
		t.Errorf("got %.100q", shown)
	}
}

// Memory and the page are bounded; the page says what it leaves out.
func TestHTMLShowsABoundedNumberOfRows(t *testing.T) {
	const rows, more = 60, 30
	var out bytes.Buffer
	r, err := newPage(&out, About{Title: "Acme"}, rows)
	if err != nil {
		t.Fatal(err)
	}
	run := func(r Report) batch.Summary {
		s := newStage(t, sampleFiles, sampleReplies)
		s.run("users/login", 0, r)
		s.skip("users/later", "no", r)
		for i := range rows - 2 + more {
			s.tell(&batch.Result{Step: batch.Step{ID: i, Chain: "users"}}, []Report{r})
		}
		s.run("users/read", 0, r)
		return batch.Summary{Passed: rows + more - 1, Failed: 1, Skipped: 1, Err: context.Canceled}
	}
	if err := r.Close(run(r)); err != nil {
		t.Fatal(err)
	}
	data := out.String()
	root, err := html.Parse(strings.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if listed := all(root, "details"); len(listed) != rows+1 || !has(listed[rows], "data-state", "failed") {
		t.Errorf("there are %d rows", len(listed))
	}
	if !strings.Contains(data, fmt.Sprintf("%d requests more ran", more)) || !strings.Contains(data, "context canceled") {
		t.Error("it does not say how many more there are, or how it ended")
	}
}
