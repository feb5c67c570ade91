package resolve_test

import (
	"context"
	"strings"
	"testing"

	"parley/collections/resolve"
)

func TestGraphQL(t *testing.T) {
	const graphQL = "[vars]\nid = 42\nmore = '\"x\": 1.10'\n[body.graphql]\nquery = '''\nquery One($id: Int) {\n  user(id: $id) { name }\n}\n'''\n" +
		"variables = '{\"id\": {{id}}, {{more}}}'\noperation = \"One\"\n"
	const query = `query One($id: Int) {\n  user(id: $id) { name }\n}`
	for _, test := range []struct{ file, params, body, contentType string }{
		{
			"method = 'POST'\nurl = 'http://h'\n" + graphQL, "",
			`{"query":"` + query + `","variables":{"id": 42, "x": 1.10},"operationName":"One"}`, "application/json",
		},
		{
			"method = 'POST'\nurl = 'http://h'\n" + strings.Replace(graphQL, "[body.graphql]", "[body]\ntype = 'application/graphql+json'\n[body.graphql]", 1), "",
			`{"query":"` + query + `","variables":{"id": 42, "x": 1.10},"operationName":"One"}`, "application/graphql+json",
		},
		{
			"url = 'http://h?a=b'\n[params]\nc = 'd'\n" + graphQL,
			"c=d query=" + strings.ReplaceAll(query, `\n`, "\n") + ` variables={"id": 42, "x": 1.10} operationName=One`, "", "",
		},
		{"method = 'POST'\nurl = 'http://h'\nbody.graphql.query = '{ a }'\n", "", `{"query":"{ a }"}`, "application/json"},
	} {
		for _, file := range []string{test.file, strings.ReplaceAll(test.file, "\n", "\r\n")} {
			out, err := resolve.Resolve(context.Background(), input(t, map[string]string{"x/r.toml": file}))
			if err != nil {
				t.Fatal(err)
			}
			got, contentType := content(t, out.Request.Body), ""
			if out.Request.Body != nil {
				contentType = out.Request.Body.ContentType()
			}
			if got != test.body || contentType != test.contentType || fields(out.Request.Params) != test.params {
				t.Errorf("%s %q %q\nwant %s %q %q", got, contentType, fields(out.Request.Params), test.body, test.contentType, test.params)
			}
		}
	}
}

// TestGraphQLVariablesSayWhereTheyAreWrong: the place is that of the character in the file, over lines and variables.
func TestGraphQLVariablesSayWhereTheyAreWrong(t *testing.T) {
	for variables, want := range map[string]string{
		`'{"a": x}'`:                          "x/r.toml:6:20: ",
		"'''\n{\n  \"a\": {{id}},\n  x\n}'''": "x/r.toml:9:3: ",
		"'''{\"a\": {{text}}}'''":             "x/r.toml:6:22: ",
		`'[1]'`:                               "x/r.toml:6:13: ",
		`'{"a": 1'`:                           "x/r.toml:6:20: ",
	} {
		for _, method := range []string{"GET", "POST"} {
			for _, end := range []string{"\n", "\r\n"} {
				file := "method = '" + method + "'\nurl = 'http://h'\nvars = {id = 42, text = 'no json'}\n[body.graphql]\nquery = '{ a }'\nvariables = " + variables
				_, err := resolve.Resolve(context.Background(), input(t, map[string]string{"x/r.toml": strings.ReplaceAll(file, "\n", end)}))
				if err == nil || !strings.HasPrefix(err.Error(), want) || !strings.Contains(err.Error(), "variables of GraphQL") {
					t.Errorf("%s %s: %v, want it at %s", method, variables, err, want)
				}
			}
		}
	}
}
