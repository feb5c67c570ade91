package expect_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"parley/collections/expect"
	"parley/collections/template"
	"parley/httpcore"
	"parley/httpcore/body"
	"parley/httpcore/content/filter"
)

// TestMain lets the test program be the process that jq runs in.
func TestMain(m *testing.M) {
	filter.Serve()
	os.Exit(m.Run())
}

// answer is an exchange that ended with a response.
func answer(t *testing.T, status int, contentType, content string, headers ...httpcore.Field) *httpcore.Exchange {
	t.Helper()
	store := body.NewStore(body.StoreOptions{})
	t.Cleanup(func() { _ = store.Close() })
	if _, err := store.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	store.Finish(nil)
	target, err := httpcore.ParseURL("http://api.test/users?q=1")
	if err != nil {
		t.Fatal(err)
	}
	started := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return &httpcore.Exchange{
		Request: &httpcore.Request{}, Started: started, Ended: started.Add(250 * time.Millisecond),
		Hops: []*httpcore.Hop{{
			Prepared: &httpcore.Prepared{Method: "GET", URL: target},
			Attempts: []*httpcore.Attempt{{
				Started:  started,
				Timeline: httpcore.Timeline{{Phase: httpcore.PhaseReceive, Start: 120 * time.Millisecond, End: 250 * time.Millisecond}},
				Response: &httpcore.Response{
					Proto: "HTTP/1.1", Status: status, Reason: "OK", Body: store,
					Headers: append(httpcore.Fields{{Name: "Content-Type", Value: contentType}}, headers...),
				},
			}},
		}},
	}
}

const users = `{"id": 9007199254740993, "big": 12345678901234567890, "long": 0.12345678901234567890, "price": 19.99, "one": 1.0,
"name": "Ada", "none": null, "items": [{"id": 1, "tag": "x"}, {"id": 2, "tag": "y"}], "a b": {"c": [1, 2]}}`

func usersAnswer(t *testing.T) *httpcore.Exchange {
	return answer(t, 200, "application/json", users, httpcore.Field{Name: "ETag", Value: `"1"`},
		httpcore.Field{Name: "Vary", Value: "a"}, httpcore.Field{Name: "vary", Value: "b"},
		httpcore.Field{Name: "Set-Cookie", Value: "session=s3; Path=/"})
}

func outcome(x *httpcore.Exchange, expression string) expect.Outcome {
	set := expect.Compile(nil, []expect.Rule{{Name: "it", Expression: expression}})
	return set.Run(context.Background(), x).Expected[0]
}

// TestWhatHolds is what an expression can say of a response.
func TestWhatHolds(t *testing.T) {
	x := usersAnswer(t)
	for _, expression := range []string{
		`ok`, `status == 200`, `status in 200..299`, `status in [200, 201]`, `reason == "OK" && proto == "HTTP/1.1"`,
		`url == "http://api.test/users?q=1"`, `redirects == 0`, `json.name == "Ada"`, `json["a b"].c[1] == 2`, `json.missing == nil`,
		`json?.none?.deeper == nil`, `len(json.items) == 2`, `all(json.items, .id > 0)`, `json.items[-1].tag == "y"`,
		`json.items == [{"id": 1, "tag": "x"}, {"tag": "y", "id": 2}]`, `map(json.items, .id) == [1, 2]`,
		`headers["etag"] == "\"1\""`, `headers.ETag != nil`, `"VARY" in headers`, `"x" not in headers`, `headers["vary"] == "a, b"`,
		`headers("Vary") == ["a", "b"]`, `headers["X-None"] == nil`, `"ETag" in keys(headers)`,
		`jq(".items[0].id") == 1`, `jq("[.items[].id]") == [1, 2]`, `jq(".items[].id") == [1, 2]`, `jq("empty") == nil`,
		`jsonpath("$.items[0].tag") == "x"`, `jsonpath("$['a b'].c[0]") == 1`, `jsonpath("$.items[?@.id > 1].id") == [2]`,
		`jsonpath("$.items[*].nope") == []`, `jsonpath("$.nope") == nil`,
		`regex("\"name\": \"(\\w+)\"") == "Ada"`, `regex("b+") == "b"`, `regex("zzz") == nil`, `regex("(.)$", json.name) == "a"`,
		`body contains "Ada"`, `body matches "\"Ada\""`, `not (json.name matches "^B")`, `cookie("session") == "s3"`, `cookie("other") == nil`,
		`elapsed == duration("120ms")`, `elapsed < duration("300ms")`, `timing.total == duration("250ms")`, `timing.ttfb < timing.total`,
		`timing.attempts == 1`, `timing.dns == duration("0s")`, `tls.version == nil`, `let n = json.items; len(n) == 2`,
		// Numbers keep all their digits.
		`json.id == 9007199254740993`, `json.id != 9007199254740992`, `json.big == 12345678901234567890`,
		`json.big != 12345678901234567891`, `json.big > 12345678901234567889`, `json.big > 1`, `-12345678901234567890 < json.big`,
		`json.long == 0.1234567890123456789`, `json.long != 0.1234567890123456788`, `json.price == 19.99`, `json.one == 1`, `json.price * 2 > 39`,
		`json.big == number("12345678901234567890")`, `jsonpath("$.big") == 12345678901234567890`, `jq(".big") == json.big`,
	} {
		if o := outcome(x, expression); !o.Passed {
			t.Errorf("%s: %q", expression, o.Explanation)
		}
	}
}

// TestMarkup asks XML.
func TestMarkup(t *testing.T) {
	x := answer(t, 200, "application/xml", `<list><item id="7">one</item><item id="8">two</item></list>`)
	for _, expression := range []string{
		`xpath("count(//item)") == 2`, `xpath("//item/@id") == ["7", "8"]`, `xpath("string(//item[2])") == "two"`, `xpath("//nope") == nil`,
	} {
		if o := outcome(x, expression); !o.Passed {
			t.Errorf("%s: %q", expression, o.Explanation)
		}
	}
}

// TestFailuresAreExplained has for expressions that do not hold what is said about them.
func TestFailuresAreExplained(t *testing.T) {
	x := usersAnswer(t)
	for expression, want := range map[string]string{
		`status == 404`:                        `status is 200`,
		`404 == status`:                        `status is 200`,
		`not ok`:                               "ok is true|status is 200",
		`status == 200 && json.name == "Bob"`:  `json.name == "Bob" is not true|json.name is "Ada"`,
		`status == 201 and json.name == "Bob"`: `status == 201 is not true|status is 200`,
		`status == 404 || json.name == "Bob"`:  `status is 200|json.name is "Ada"`,
		`json.items[0].id == json.items[1].id`: `json.items[0].id is 1|json.items[1].id is 2`,
		`len(json.items) > 2`:                  `len(json.items) is 2|json.items is [{"id":1,"tag":"x"},{"id":2,"tag":"y"}]`,
		`all(json.items, .id > 1)`:             `all(json.items, .id > 1) is false|json.items is [{"id":1,"tag":"x"},{"id":2,"tag":"y"}]`,
		`json.big == 1`:                        `json.big is 12345678901234567890`,
		`elapsed < duration("1ms")`:            `elapsed is 120ms`,
		`headers["ETag"] == "x"`:               `headers.ETag is "\"1\""`,
		`json.none.deeper == 1`:                "there is nothing to take deeper from: what stands before it is nil (character 11 of `json.none.deeper == 1`)|hint: ?. takes a member where there may be none",
		`status`:                               "status is 200|an expectation must be true or false, and this is 200 (character 1 of `status`)|hint: compare it with what it should be",
		`elapsed < 300`:                        "elapsed is 120ms|120ms and 300 have no order (character 9 of `elapsed < 300`)|hint: a time is compared with duration(\"300ms\")",
		`statuz == 200`:                        "unknown name `statuz` (character 1 of `statuz == 200`)|hint: did you mean `status`?",
		`timing.totl > 1`:                      "unknown member `timing.totl` (character 1 of `timing.totl > 1`)|hint: did you mean `timing.total`, `timing.ttfb`, `timing.tls`?",
		`cokie("a") == 1`:                      "unknown function `cokie` (character 1 of `cokie(\"a\") == 1`)|hint: did you mean `cookie`?",
		`jsonpath("$[") == 1`:                  "",
		`regex("(") == ""`:                     "",
		`json.name == "{{name}}" {{`:           "",
		`cookie == 1`:                          "`cookie` is a function and was not called (character 1 of `cookie == 1`)|hint: write cookie(\"session\")",
		``:                                     "the expression is empty|hint: write one, such as status == 200",
	} {
		o := outcome(x, expression)
		got := strings.Join(o.Explanation, "|")
		if o.Passed || got == "" || want != "" && got != want {
			t.Errorf("%s\n got %q\nwant %q", expression, got, want)
		}
	}
}

// TestLongValuesAreCompared shows what differs in place of two long values.
func TestLongValuesAreCompared(t *testing.T) {
	list := strings.Repeat(`{"id": 1, "name": "somebody with a long name"}, `, 8)
	x := answer(t, 200, "application/json", `{"a": [`+list+`{"id": 5}], "b": [`+list+`{"id": 6}]}`)
	got := strings.Join(outcome(x, `json.a == json.b`).Explanation, "\n")
	for _, want := range []string{"- json.b", "+ json.a", "id\": 6", "id\": 5", "alike"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in\n%s", want, got)
		}
	}
}

// TestBounds holds the time and the size that expressions may take.
func TestBounds(t *testing.T) {
	x := answer(t, 200, "application/json", "["+strings.Repeat("1,", 20_000)+"1]")
	o := outcome(x, `all(json, {let a = #; all(json, {# + a > 0})})`)
	if o.Passed || !strings.Contains(strings.Join(o.Explanation, " "), "runs longer than 1s") {
		t.Errorf("%q", o.Explanation)
	}
	for _, slow := range []string{
		`sum(map(json, {let a = #; sum(map(json, {# * a}))})) > 0`, `count(1..30000, {let a = #; none(1..30000, {# == -a})}) == 1`,
	} {
		if o := outcome(x, slow); o.Err == nil {
			t.Errorf("%s: %q", slow, o.Explanation)
		}
	}
	large := answer(t, 200, "application/json", `{"id": 7, "pad": "`+strings.Repeat("x", 17<<20)+`"}`)
	if o := outcome(large, `json.id == 7`); o.Passed || !strings.Contains(o.Explanation[0], "the body has 17 MiB") {
		t.Errorf("%q", o.Explanation)
	}
	if o := outcome(large, `jsonpath("$.id") == 7`); !o.Passed {
		t.Errorf("%q", o.Explanation)
	}
	deep := answer(t, 200, "application/json", strings.Repeat("[", 1<<20))
	if o := outcome(deep, `json == nil`); o.Passed || o.Err == nil {
		t.Errorf("%q", o.Explanation)
	}
	huge := answer(t, 200, "application/json", `[1e999999999999999999999, 1e-999999999999999999999, 1e400]`)
	if o := outcome(huge, `json[0] > json[2] && json[2] > json[1] && json[1] > 0`); !o.Passed {
		t.Errorf("%q", o.Explanation)
	}
	for _, code := range []string{strings.Repeat("(", 1<<20), strings.Repeat("!", 1<<15) + "ok", strings.Repeat("1+", 20_000) + "1"} {
		if o := outcome(x, code); o.Err == nil {
			t.Errorf("%.20s… passes", code)
		}
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	set := expect.Compile(nil, []expect.Rule{{Name: "it", Expression: "status == 200"}})
	if o := set.Run(ended, x).Expected[0]; o.Passed {
		t.Error("it goes on when its context has ended")
	}
}

// TestCapture takes values and knows which are secret.
func TestCapture(t *testing.T) {
	at := template.Position{File: "r.toml", Line: 3, Column: 9}
	source := `json.nope`
	set := expect.Compile([]expect.Rule{
		{Name: "id", Expression: "json.big"},
		{Name: "token", Expression: `cookie("session")`, Secret: true},
		{Name: "gone", Expression: source, Locate: at.In(source)},
		{Name: "took", Expression: "elapsed"},
	}, nil)
	r := set.Run(context.Background(), usersAnswer(t))
	got := ""
	for _, c := range r.Captured {
		got += fmt.Sprintf("%s=%s %v\n", c.Name, expect.Text(c.Value), c.Err)
	}
	want := "id=12345678901234567890 <nil>\ntoken=s3 <nil>\ngone=null r.toml:3:9: `json.nope` found nothing to capture\ntook=120ms <nil>\n"
	if got != want {
		t.Errorf("got\n%s", got)
	}
	if secrets := r.Secrets(); len(secrets) != 1 || secrets[0].Name != "token" || secrets[0].Reveal() != "s3" {
		t.Errorf("%v", secrets)
	}
	if r.Failed() != 1 {
		t.Errorf("%d failed", r.Failed())
	}
}

// TestErrorsHavePlaces tells the line and the column in the file of what is wrong, after a long number too.
func TestErrorsHavePlaces(t *testing.T) {
	source := `json.id == 12345678901234567890 && statuz == 1`
	at := template.Position{File: "r.toml", Line: 7, Column: 10}
	err := expect.Compile(nil, []expect.Rule{{Name: "it", Expression: source, Locate: at.In(source)}}).Err()
	if err == nil || !strings.HasPrefix(err.Error(), "r.toml:7:45: unknown name `statuz` (character 36 of ") {
		t.Error(err)
	}
}
