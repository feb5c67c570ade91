package resolve

import (
	"strings"

	"parley/collections"
	"parley/httpcore"
	"parley/httpcore/body"
)

func (r *resolver) graphQL(g collections.GraphQL) body.GraphQL {
	return body.GraphQL{
		Query:     r.lines("body.graphql.query", g.Query),
		Variables: r.lines("body.graphql.variables", g.Variables),
		Operation: r.text("body.graphql.operation", g.Operation),
	}
}

// graphQLParams puts the query of a GET into its URL (GraphQL over HTTP, section 5.4).
func (r *resolver) graphQLParams(request *httpcore.Request, b collections.Body) {
	query := r.graphQL(b.GraphQL)
	params, err := query.Params()
	if err != nil {
		r.bodyFault(b, err)
		return
	}
	if strings.HasPrefix(strings.TrimSpace(query.Query), "mutation") {
		r.warn(b.Pos, "a mutation needs method = \"POST\": servers must not carry one out for GET")
	}
	for _, p := range params {
		request.Params.Add(p.Name, p.Value)
	}
}
