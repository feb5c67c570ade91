package k6

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/runner"
	"parley/collections/template"
	"parley/httpcore"
)

func TestExpressionsBecomeJavaScriptOrAreRefused(t *testing.T) {
	for source, want := range map[string]string{
		`status == 201`:                       `same(r.status, 201)`,
		`not ok`:                              `!truth((r.status < 400))`,
		`headers["X-A"] != nil`:               `!same(header(r, "X-A"), null)`,
		`headers.ETag == "a"`:                 `same(header(r, "ETag"), "a")`,
		`json.a["b c"][0]`:                    `r.json()["a"]["b c"][0]`,
		`json?.a[-1]`:                         `r.json()?.["a"].at((-1))`,
		`elapsed < duration("1.5s")`:          `ordered((r.timings.sending + r.timings.waiting), 1500, (a, b) => a < b)`,
		`timing.total <= duration("2ms")`:     `ordered(r.timings.duration, 2, (a, b) => a <= b)`,
		`body matches "^[a-z]+%d$"`:           `new RegExp("^[a-z]+%d$").test(text(r.body))`,
		`1 + 2 * 3 % 2 == 4.5`:                `same((1 + ((2 * 3) % 2)), 4.5)`,
		`status in [200, 204]`:                `within(r.status, [200, 204])`,
		`all(json, any(#.tags, # == "x"))`:    `r.json().every((item1) => truth(item1["tags"].some((item2) => truth(same(item2, "x")))))`,
		`count(json.items, .on) > 1 ? ok : 1`: `(ordered(r.json()["items"].filter((item1) => truth(item1["on"])).length, 1, (a, b) => a > b) ? (r.status < 400) : 1)`,
		`jsonpath("$.a.b[2]")`:                `r.json()["a"]["b"][2]`,
		`jq(".a")`:                            `r.json()["a"]`,
		`cookie("s") ?? "none"`:               `(cookie(r, "s") ?? "none")`,
		`body == "</script>\u2028"`:           `same(r.body, "</script>\u2028")`,
		`tls.version == "x"`:                  ``,
		`redirects == 1`:                      ``,
		`xpath("//a")`:                        ``,
		`jsonpath("$..a")`:                    ``,
		`jq(".a | length")`:                   ``,
		`body matches "(?i)a"`:                ``,
		`9007199254740993 == json.id`:         ``,
		`let x = 1; x == 1`:                   ``,
		`elapsed.Milliseconds() < 3`:          ``,
		`snapshot("a")`:                       ``,
		`status ==`:                           ``,
	} {
		got, err := expression(source)
		if got != want || (want == "") != (err != nil) {
			t.Errorf("%s becomes\n%s, %v, not\n%s", source, got, err, want)
		}
	}
	if _, err := expression(strings.Repeat("(", 10_000)); err == nil {
		t.Error("brackets without end are read")
	}
}

func TestTextIsQuotedSoThatNothingEndsIt(t *testing.T) {
	for want, parts := range map[string]text{
		`""`:                           nil,
		`"a\"b\\n\n"`:                  literal("a\"b\\n\n"),
		`"a" + vars.x + "b"`:           {{literal: "a"}, {code: "vars.x"}, {literal: "b"}},
		`"ab" + x`:                     {{literal: "a"}, {literal: "b"}, {code: "x"}},
		`"\u2028*/` + "`" + `${x}"`:    literal("\u2028*/`${x}"),
		`"\u0000\u001b[2J</script>é☃"`: literal("\x00\x1b[2J</script>é☃"),
	} {
		if got := parts.js(); got != want {
			t.Errorf("%v is written %s, not %s", parts, got, want)
		}
	}
}

func TestPathsAreFilledSegmentBySegment(t *testing.T) {
	url := text{{code: "base"}, {literal: "/a/:id/b/:identity/{id}.json?x=:id"}}
	got := fill(fill(url, "{id}", "", "X"), ":id", "/", "X").js()
	if want := `base + "/a/" + X + "/b/:identity/" + X + ".json?x=:id"`; got != want {
		t.Errorf("it becomes %s, not %s", got, want)
	}
}

// scriptOf writes the requests of files, in the order of their names.
func scriptOf(t *testing.T, files map[string]string, flags ...template.Variable) (string, []string) {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := collections.Open(disk.OS(), dir)
	if err != nil {
		t.Fatal(err)
	}
	work := runner.Workspace{Collection: c, Host: template.Host{Now: time.Now, Secret: func(_ context.Context, name string) (httpcore.Secret, error) {
		return httpcore.NewSecret(name, Secret(name)), nil
	}}}
	work.Flags.Vars = flags
	var steps []Step
	for node := range c.All() {
		request, err := node.Request()
		if err != nil {
			t.Fatal(err)
		}
		w := work
		w.Flags.Vars = append(w.Flags.Vars, CapturedBy(steps).Vars...)
		out, err := w.Resolve(t.Context(), request)
		if err != nil {
			t.Fatal(err)
		}
		effective, err := c.Effective(request)
		if err != nil {
			t.Fatal(err)
		}
		steps = append(steps, Step{Path: node.Path, Effective: effective, Out: out, Beside: c.Beside})
	}
	result, err := Script(steps)
	if err != nil {
		t.Fatal(err)
	}
	return result.Text, result.Notes
}

func TestValuesComeFromWhereTheyCameFrom(t *testing.T) {
	files := map[string]string{
		"collection.toml": "[vars]\nhost = 'http://a.test'\nnested = 'Bearer {{token}}'\n",
		"a.toml":          "url = '{{host}}/a'\n[vars]\nkind = 'one'\n[headers]\nX-Kind = '{{kind}}'\n[capture]\ntoken = 'json.token'\nlost = 'xpath(\"//a\")'\n",
		"b.toml":          "url = '{{host}}/b'\n[vars]\nkind = 'two'\n[headers]\nX-Kind = '{{kind}}'\nX-T = '{{nested}}'\nX-U = '{{upper(token)}}'\nX-L = '{{lost}}'\n",
		"c.toml":          "method = 'POST'\nurl = '{{host}}/c'\n[body]\nfile = 'c.bin'\n",
		"c.bin":           "\x00\xff",
	}
	script, notes := scriptOf(t, files, template.Variable{Name: "leaked", Value: "never-to-be-seen", Secret: true})
	for _, want := range []string{
		`host: __ENV.host ?? "http://a.test"`,
		`"X-Kind": vars.kind`, `"X-Kind": (__ENV.kind ?? "two")`,
		`"X-T": "Bearer " + got("token")`,
		`"X-U": vars.B_HEADERS_X_U`, `B_HEADERS_X_U: needed("B_HEADERS_X_U")`,
		`take("token", () => r.json()["token"])`, `take("lost", () => vars.LOST)`,
		`const file1 = open(`, `http.request("POST", vars.host + "/c", file1, {`,
	} {
		if !strings.Contains(script, want) {
			t.Errorf("%s is not in\n%s", want, script)
		}
	}
	all := strings.Join(notes, "\n")
	for _, want := range []string{"lost: b: {{upper(token)}}", "lost: a: capture.lost: xpath() has no counterpart; give the value with -e LOST=VALUE"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not among the notes:\n%s", want, all)
		}
	}
}

func TestASecretThatIsAVariableIsNotWritten(t *testing.T) {
	script, _ := scriptOf(t, map[string]string{
		"a.toml": "url = 'http://a.test/{{leaked}}'\n[headers]\nX-A = 'a{{leaked}}b'\nX-B = '{{secret(\"k y\")}}'\n",
	}, template.Variable{Name: "leaked", Value: "never-to-be-seen", Literal: true, Secret: true})
	if strings.Contains(script, "never-to-be-seen") {
		t.Errorf("the secret is in\n%s", script)
	}
	for _, want := range []string{`"http://a.test/" + vars.PARLEY_SECRET_LEAKED`, `"X-B": vars.PARLEY_SECRET_K_Y`} {
		if !strings.Contains(script, want) {
			t.Errorf("%s is not in\n%s", want, script)
		}
	}
}
