package sample

import (
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"parley/collections/importer/openapi"
	"parley/httpcore/playground"
)

// What openapi.yaml says of the playground is true: each operation answers to what it fills in.
func TestTheDescriptionIsTrue(t *testing.T) {
	text, err := files.ReadFile(root + "/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := openapi.Read("openapi.yaml", text)
	if err != nil {
		t.Fatal(err)
	}
	s, err := playground.Start(playground.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if len(doc.Operations) < 10 || doc.Servers[0] != "" {
		t.Errorf("%d operations on %q", len(doc.Operations), doc.Servers)
	}
	for _, o := range doc.Operations {
		if o.Summary == "" || o.ID == "" || len(o.Tags) == 0 {
			t.Errorf("%s %s says too little", o.Method, o.Path)
		}
		path, query := o.Path, url.Values{}
		for _, p := range o.Parameters {
			switch {
			case p.In == "path":
				path = strings.ReplaceAll(path, "{"+p.Name+"}", p.Values[0])
			case p.Values != nil:
				query[p.Name] = p.Values
			}
		}
		var body io.Reader
		kind := ""
		if len(o.Bodies) > 0 {
			body, kind = strings.NewReader(o.Bodies[0].Example), o.Bodies[0].Type
		}
		request, err := http.NewRequestWithContext(t.Context(), o.Method, s.URL+path+"?"+query.Encode(), body)
		if err != nil {
			t.Fatal(err)
		}
		if kind != "" {
			request.Header.Set("Content-Type", kind)
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		said, err := io.ReadAll(response.Body)
		if err != nil {
			t.Error(err)
		}
		response.Body.Close()
		if response.StatusCode >= 300 {
			t.Errorf("%s %s?%s answers %s: %s", o.Method, path, query.Encode(), response.Status, said)
		}
	}
}
