package expect_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"parley/collections/expect"
	"parley/collections/template"
)

// TestVariables compares a response with what the request was sent with.
func TestVariables(t *testing.T) {
	values := map[string]any{"who": "Ada", "count": template.Number("2"), "list": []any{template.Number("1")}, "odd name": true}
	host := expect.Host{Variable: func(name string) (any, error) {
		value, ok := values[name]
		if !ok {
			return nil, errors.New("unknown variable")
		}
		return value, nil
	}}
	body := answer(t, 200, "application/json", `{"name": "Ada", "count": 2, "list": [1]}`)
	for expression, want := range map[string]string{
		`json.name == vars.who`:            "",
		`json.count == vars.count`:         "",
		`json.list == vars.list`:           "",
		`vars["odd name"]`:                 "",
		`json.name + "!" == vars.who`:      `vars.who is "Ada"`,
		`json.name == vars.nobody`:         "unknown variable",
		`vars == 1`:                        "`vars` is all variables at once",
		`all(json.list, # <= vars.count)`:  "",
		`let n = vars.count; n == 3`:       "is false",
		`json.name == vars.who && false`:   "false",
		`vras.who == "Ada"`:                "unknown name `vras`",
		`json.count == len(vars["list"])`:  "json.count is 2",
		`json.list[0] == vars.list[0]`:     "",
		`vars.who matches "^A" ? ok : !ok`: "",
	} {
		o := expect.Compile(nil, said(expression)).With(host).Run(context.Background(), body).Expected[0]
		if got := strings.Join(o.Explanation, "|"); o.Passed != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: %v\n got %s\nwant %s", expression, o.Passed, got, want)
		}
	}
	o := expect.Compile(nil, said(`vars.who == "Ada"`)).Run(context.Background(), body).Expected[0]
	if got := strings.Join(o.Explanation, "|"); !strings.Contains(got, "not to be had here") {
		t.Errorf("without a host: %s", got)
	}
	list := expect.Compile(said(`vars.a`), said(`status == 200 && vars.b + vars.a == "x"`)).Variables()
	if len(list) != 2 || list[0].Name != "a" || list[1].Name != "b" || list[1].At.Column != 18 {
		t.Errorf("the expressions name %+v", list)
	}
}
