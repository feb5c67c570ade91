package document

import (
	"fmt"
	"strings"
	"testing"

	"parley/httpcore/content"
)

func TestNode(t *testing.T) {
	body := `{"a": {"b c": [10, {"d": "x"}, []], "e'\n": 1.5 }, "é": null}`
	x := shortSteps(t, []byte(body), func() cutter { return newJSONCutter(false) }, 3)
	v := &View{src: x.src, lines: always(x)}
	for at, want := range map[string]string{
		`{"a"`:   `$ = ` + body,
		`"a"`:    `$.a "a" = {"b c": [10, {"d": "x"}, []], "e'\n": 1.5 }`,
		`: {"b`:  `$.a "a" = {"b c": [10, {"d": "x"}, []], "e'\n": 1.5 }`,
		`{"b c"`: `$.a "a" = {"b c": [10, {"d": "x"}, []], "e'\n": 1.5 }`,
		`"b c"`:  `$.a['b c'] "b c" = [10, {"d": "x"}, []]`,
		`10`:     `$.a['b c'][0] = 10`,
		`, {"d"`: `$.a['b c'] "b c" = [10, {"d": "x"}, []]`,
		`{"d"`:   `$.a['b c'][1] = {"d": "x"}`,
		`"x"`:    `$.a['b c'][1].d "d" = "x"`,
		`}, []`:  `$.a['b c'][1] = {"d": "x"}`,
		`[]`:     `$.a['b c'][2] = []`,
		`"e'`:    `$.a['e\'\n'] "e'\n" = 1.5`,
		`.5`:     `$.a['e\'\n'] "e'\n" = 1.5`,
		`null`:   `$.é "é" = null`,
		`}, "é"`: `$.a "a" = {"b c": [10, {"d": "x"}, []], "e'\n": 1.5 }`,
	} {
		n, ok, err := v.Node(int64(strings.Index(body, at)))
		if !ok || err != nil {
			t.Errorf("at %s: %v, %v", at, ok, err)
			continue
		}
		got := n.Path + " "
		if n.Key.End > 0 {
			got += body[n.Key.Start:n.Key.End] + " "
		}
		got += "= " + body[n.Value.Start:n.Value.End]
		if got != want || n.Open {
			t.Errorf("at %s\n got %s (open: %v)\nwant %s", at, got, n.Open, want)
		}
	}
}

func TestNodeOfWhatIsNotWhole(t *testing.T) {
	for body, want := range map[string]string{
		`[1, {"a":`:   `$[1].a 9-9 true`,
		`[1, {"a": "`: `$[1].a 10-11 true`,
		`[1, {"a": }`: `$[1].a 10-10 true`,
		`[1, {"a": 2`: `$[1].a 10-11 true`,
	} {
		n, ok, err := openView(t, body, content.JSON, Pretty).Node(5)
		got := fmt.Sprintf("%s %d-%d %v", n.Path, n.Value.Start, n.Value.End, n.Open)
		if !ok || err != nil || got != want {
			t.Errorf("in %s: %s, %v, %v; want %s", body, got, ok, err, want)
		}
	}
	for _, body := range []string{"", "x", "  "} {
		if _, ok, err := openView(t, body, content.JSON, Pretty).Node(0); ok || err != nil {
			t.Errorf("%q has a node: %v, %v", body, ok, err)
		}
	}
	if _, ok, err := openView(t, "[1]", content.JSON, Raw).Node(0); ok || err != nil {
		t.Errorf("raw text has a node: %v, %v", ok, err)
	}
}

// FuzzNode compares nodes found from marks with those found from the start.
func FuzzNode(f *testing.F) {
	f.Add([]byte(`{"a":[1,"long string",{"b":[]}],"c":12345}`), uint8(3))
	f.Add([]byte(`{"a":[1,"long`), uint8(1))
	f.Fuzz(func(t *testing.T, body []byte, step uint8) {
		json := func() cutter { return newJSONCutter(false) }
		far := View{lines: always(shortSteps(t, body, json, len(body)+1))}
		near := View{lines: always(shortSteps(t, body, json, int(step)%16+1))}
		for at := range int64(len(body)) {
			want, ok1, err1 := far.Node(at)
			got, ok2, err2 := near.Node(at)
			if got != want || ok1 != ok2 || err1 != nil || err2 != nil {
				t.Fatalf("%q at %d: %+v %v %v, from the start %+v %v %v", body, at, got, ok2, err2, want, ok1, err1)
			}
		}
	})
}
