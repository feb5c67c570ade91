package collections

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"parley/collections/tomldoc"
)

// dice makes random requests.
type dice struct{ *rand.Rand }

func (d dice) text() Value {
	return Str([]string{"", "a", "it's", "{{x}}", "two\nlines\n", `"quoted"`, `back\slash`, "é ü", "'''", "x\ty"}[d.IntN(10)])
}

func (d dice) maybe(v Value) Value {
	if d.IntN(3) == 0 {
		return Value{}
	}
	return v
}

func (d dice) entries() []Entry {
	var list []Entry
	for range d.IntN(5) {
		e := Entry{Name: []string{"A", "B", "C-c", "d e", "~f", ""}[d.IntN(6)], Value: d.text(), Off: d.IntN(3) == 0}
		if d.IntN(8) == 0 {
			e.Note = "note"
		}
		if d.IntN(5) == 0 {
			e.Value = tomldoc.List(d.text(), tomldoc.Int(int64(d.IntN(9))))
		}
		list = append(list, e)
	}
	return list
}

func (d dice) body() Body {
	kinds := []BodyKind{BodyNone, BodyJSON, BodyText, BodyForm, BodyMultipart, BodyFile, BodyGraphQL}
	b := Body{Kind: kinds[d.IntN(len(kinds))], Type: d.maybe(d.text())}
	switch b.Kind {
	case BodyJSON, BodyText, BodyFile:
		b.Content = d.text()
	case BodyForm:
		b.Form = d.entries()
	case BodyMultipart:
		b.Boundary = d.maybe(d.text())
		for range d.IntN(4) {
			b.Parts = append(b.Parts, Part{Name: d.text(), Value: d.text(), Type: d.maybe(d.text()), Off: d.IntN(2) == 0})
		}
	case BodyGraphQL:
		b.GraphQL = GraphQL{d.text(), d.maybe(d.text()), d.maybe(d.text())}
	}
	return b
}

func (d dice) options() Options {
	var o Options
	for _, v := range []*Value{&o.Timeout.Connect, &o.Timeout.Read, &o.Timeout.Total} {
		*v = d.maybe(Str(fmt.Sprintf("%ds", d.IntN(3)+1)))
	}
	for _, v := range []*Value{&o.Verify, &o.Cert.File, &o.Cert.Key, &o.Cert.Password, &o.TLS.KeyLog, &o.Network.Unix, &o.Session} {
		*v = d.maybe(d.text())
	}
	o.TLS.Min, o.Proxy = d.maybe(Str("1.3")), d.maybe(Str([]string{"", "socks5h://h", "{{x}}"}[d.IntN(3)]))
	for i, v := range o.Retry.fields() {
		*v = d.maybe(Str("2s"))
		if i < 6 {
			*v = d.maybe(tomldoc.Int(int64(d.IntN(3))))
		}
	}
	o.Retry.OnStatus = d.maybe(tomldoc.List(tomldoc.Int(500), Str("{{x}}")))
	o.Retry.Methods = d.maybe(tomldoc.List(Str("POST")))
	o.Retry.RespectRetryAfter = d.maybe(tomldoc.Boolean(false))
	o.Network.Resolve = d.entries()
	o.Decode.On = d.maybe(tomldoc.Boolean(false))
	o.Decode.MaxSize = d.maybe(tomldoc.Int(5))
	return o
}

func (d dice) request() *Request {
	r := &Request{
		Method: d.maybe(Str([]string{"GET", "POST"}[d.IntN(2)])), URL: d.text(), Notes: d.maybe(d.text()),
		Vars: d.entries(), PathParams: d.entries(), Params: d.entries(), Headers: d.entries(), Cookies: d.entries(),
		Body: d.body(),
	}
	for range d.IntN(3) {
		r.Tags = append(r.Tags, d.text())
	}
	if d.IntN(2) == 0 {
		r.Auth = Auth{Type: Str("basic"), Fields: []Entry{{Name: "username", Value: d.text()}, {Name: "extra", Value: d.text()}}[:d.IntN(3)]}
	}
	if d.IntN(2) == 0 {
		r.Options = d.options()
	}
	return r
}

// edit changes a few parts of a request into those of another.
func (d dice) edit(r, other *Request) *Request {
	e := r.Clone()
	for _, swap := range []func(){
		func() { e.Method = other.Method },
		func() { e.URL, e.Notes = other.URL, other.Notes },
		func() { e.Tags, e.Vars = other.Tags, other.Vars },
		func() { e.Params = other.Params },
		func() { e.Headers, e.Cookies = other.Headers, other.Cookies },
		func() { e.Body = other.Body },
		func() { e.Auth, e.Options = other.Auth, other.Options },
		func() {
			d.Shuffle(len(e.Headers), func(i, j int) { e.Headers[i], e.Headers[j] = e.Headers[j], e.Headers[i] })
			for i := range e.Headers {
				e.Headers[i].Off = d.IntN(2) == 0
			}
		},
	} {
		if d.IntN(3) == 0 {
			swap()
		}
	}
	return e
}

// TestAnyEditIsSavedAsMeant saves random edits of random requests and reads them back.
func TestAnyEditIsSavedAsMeant(t *testing.T) {
	for seed := range uint64(120) {
		d := dice{rand.New(rand.NewPCG(seed, 1))}
		data, err := Encode(d.request())
		if err != nil {
			t.Fatal(err)
		}
		data = append([]byte("# a comment\nmine = 1 # another\n"), data...)
		if seed%2 == 0 {
			data = []byte(strings.ReplaceAll(string(data), "\n", "\r\n"))
		}
		for range 3 {
			doc, err := tomldoc.Parse("f.toml", data)
			if err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, err, data)
			}
			loaded := decodeRequest("f", &source{doc: doc})
			if err := firstFault(loaded.findings); err != nil && !strings.Contains(err.Error(), "needs a name") {
				t.Fatalf("seed %d: %v\n%s", seed, err, data)
			}
			edited := d.edit(loaded, d.request())
			p := &patch{doc: doc}
			p.request(loaded, edited)
			if p.err != nil {
				t.Fatalf("seed %d: %v\n%s", seed, p.err, data)
			}
			saved := decodeRequest("f", &source{doc: p.doc})
			again := &patch{doc: p.doc}
			again.request(saved, edited)
			if again.err != nil || again.doc != p.doc && string(again.doc.Bytes()) != string(p.doc.Bytes()) {
				t.Fatalf("seed %d (%v):\n%s\nbecame:\n%s\nand is not what was meant, which is:\n%s", seed, again.err, data, p.doc.Bytes(), again.doc.Bytes())
			}
			for name, lists := range map[string][2][]Entry{
				"vars": {saved.Vars, edited.Vars}, "path": {saved.PathParams, edited.PathParams},
				"params": {saved.Params, edited.Params}, "headers": {saved.Headers, edited.Headers},
				"form": {saved.Body.Form, edited.Body.Form}, "resolve": {saved.Options.Network.Resolve, edited.Options.Network.Resolve},
			} {
				if !slices.EqualFunc(lists[0], lists[1], sameEntry) {
					t.Fatalf("seed %d: %s are %v, want %v, in\n%s", seed, name, lists[0], lists[1], p.doc.Bytes())
				}
			}
			if !slices.EqualFunc(saved.Options.Retry.values(), edited.Options.Retry.values(), Value.Equal) {
				t.Fatalf("seed %d: retry is %v, want %v, in\n%s", seed, saved.Options.Retry, edited.Options.Retry, p.doc.Bytes())
			}
			if !strings.Contains(string(p.doc.Bytes()), "# a comment") || !strings.Contains(string(p.doc.Bytes()), "mine = 1 # another") {
				t.Fatalf("seed %d: lost a person's line:\n%s", seed, p.doc.Bytes())
			}
			data = p.doc.Bytes()
		}
	}
}

// FuzzParseRequest reads any text as a request, and as settings: nothing panics, every finding has a place, and saving what
// was not edited changes nothing.
func FuzzParseRequest(f *testing.F) {
	for _, seed := range []string{
		"url = 'x'\nmethod = 'GET'\nparams = [{name='a', value=1, off=true}]\n[headers]\n'~A' = ['b', 1]\n",
		"url = 1\nbody = {form = [], json = ''}\noptions = {timeout = {connect = 1}, retry = 3, decode = {max_size = 1}}\n",
		"[[body.multipart]]\nname = 'a'\n[[body.multipart]]\nfile = 'x'\n[auth]\nclaims = {a = 1}\n",
		"options.network.resolve.'a:1' = 'b:2'\ntags = ['a', 1]\nrecord = 'x'\nvars = 1\nhooks = {}\n",
		"[for.'https://h']\ncert = {password = 1}\nheaders = 1\n[sessions.a]\nparams = [1]\n[secrets]\na.hosts = {}\nb = 1\n",
		"url = 'x'\n[options.retry]\non_status = [1]\nmethods = ['a b']\nmax = 'x'\n[body.graphql]\nquery = 1\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if doc, err := tomldoc.Parse("folder.toml", []byte(text)); err == nil {
			for _, finding := range decodeSettings(&source{doc: doc}).Findings() {
				if finding.Pos.Line == 0 || finding.Hint() == "" || finding.Message == "" {
					t.Fatalf("%+v", finding)
				}
			}
		}
		r, err := ParseRequest("a/b", []byte(text))
		if r == nil {
			return
		}
		if err != nil && len(r.Findings()) == 0 {
			t.Fatalf("no finding, but %v", err)
		}
		for _, finding := range r.Findings() {
			if finding.Pos.Line == 0 || finding.Hint() == "" || finding.Message == "" {
				t.Fatalf("%+v", finding)
			}
		}
		got, rerr := Render(r, r.Clone())
		if (err == nil) != (rerr == nil) || err == nil && string(got) != text {
			t.Fatalf("%v:\n%s\nbecame\n%s", err, text, got)
		}
	})
}
