package history

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/httpcore"
)

func TestSearch(t *testing.T) {
	s := open(t, t.TempDir())
	wanted := map[string]ID{}
	for i, row := range []struct {
		name string
		meta Meta
		sample
	}{
		{"github", Meta{Request: "tour/first-get", Environments: []string{"dev", "local"}}, sample{status: 200, reply: `{"login":"github","bio":"Octöcat"}`}},
		{"missing", Meta{Request: "users/show"}, sample{url: "https://api.example.test/users/9", status: 404, reply: "no such user"}},
		{"created", Meta{Request: "users/create"}, sample{method: "POST", url: "https://api.example.test/users", content: `{"email":"ada@example.com"}`, status: 201}},
		{"refused", Meta{}, sample{url: "http://127.0.0.1:1/", err: &httpcore.Error{Kind: httpcore.KindConnect, Message: "refused"}}},
	} {
		row.at = noon.Add(time.Duration(i) * time.Minute)
		wanted[row.name] = add(t, s, row.meta, row.exchange(t))
	}
	for query, names := range map[string][]string{
		"":                          {"refused", "created", "missing", "github"},
		"github":                    {"github"},
		"octoc":                     {"github"},
		"ada@example.com":           {"created"},
		"api.example users":         {"created", "missing"},
		`"such user"`:               {"missing"},
		"status:4xx":                {"missing"},
		"status:200-201":            {"created", "github"},
		"status:404":                {"missing"},
		"method:post":               {"created"},
		"host:example":              {"created", "missing"},
		"request:tour/first-get":    {"github"},
		"env:local":                 {"github"},
		"env:loc":                   nil,
		"is:failed":                 {"refused"},
		"since:59m":                 {"refused", "created", "missing"},
		"until:2026-03-01T12:01":    {"github"},
		"users status:4xx":          {"missing"},
		"nothing-has-this":          nil,
		"http://127.0.0.1:1/":       {"refused"},
		`AND OR NOT ( * : ^ " NEAR`: nil,
		"first-get":                 {"github"},
	} {
		t.Run(query, func(t *testing.T) {
			var got, want []ID
			for _, row := range list(t, s, query) {
				got = append(got, row.ID)
			}
			for _, name := range names {
				want = append(want, wanted[name])
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
	q := Query{Limit: 2, Before: wanted["created"]}
	page, err := s.List(context.Background(), q)
	if err != nil || len(page) != 2 || page[0].ID != wanted["missing"] {
		t.Errorf("the page before %v is %+v, %v", q.Before, page, err)
	}
	for _, bad := range []string{"status:abc", "since:yesterday", "is:funny"} {
		if _, err := ParseQuery(bad, noon); err == nil {
			t.Errorf("%q is taken", bad)
		} else if told, ok := errors.AsType[*Error](err); !ok || told.Advice == "" {
			t.Errorf("%q gives no hint: %v", bad, err)
		}
	}
}

func TestAnExchangeIsFoundByHowNewItIs(t *testing.T) {
	s := open(t, t.TempDir())
	first := add(t, s, Meta{}, sample{}.exchange(t))
	second := add(t, s, Meta{}, sample{at: noon.Add(time.Second)}.exchange(t))
	for name, want := range map[string]ID{"last": second, "~1": second, "~2": first, first.String(): first} {
		if got, err := s.Find(context.Background(), name); got != want || err != nil {
			t.Errorf("%s is %v, %v; want %v", name, got, err, want)
		}
	}
	for _, name := range []string{"~3", "~0", "~x", "", "ü"} {
		if id, err := s.Find(context.Background(), name); err == nil {
			t.Errorf("%s is %v", name, id)
		}
	}
}

func TestTextInAnyCharsetIsFound(t *testing.T) {
	s := open(t, t.TempDir())
	for mediaType, reply := range map[string]string{
		"text/plain; charset=iso-8859-1": "caf\xe9 latin",
		"application/json":               "\xff\xfeu\x00t\x00f\x00s\x00e\x00c\x00r\x00e\x00t\x009\x00 \x00w\x00i\x00d\x00e\x00",
		"image/png":                      "\x89PNG\xe9 picture",
	} {
		x := sample{
			status: 200, reply: reply, received: httpcore.Fields{{Name: "Content-Type", Value: mediaType}},
			secrets: []httpcore.Secret{httpcore.NewSecret("s", "secret9")},
		}.exchange(t)
		add(t, s, Meta{}, x)
	}
	for query, want := range map[string]int{"café": 1, "wide": 1, "picture": 0, "utfsecret9": 0} {
		if found := list(t, s, query); len(found) != want {
			t.Errorf("%s finds %d, want %d", query, len(found), want)
		}
	}
}

func FuzzQuery(f *testing.F) {
	f.Add(`github status:4xx "a b" AND (x OR *) since:2h`)
	f.Add("\x00 NEAR(\"")
	s := open(f, f.TempDir())
	f.Fuzz(func(t *testing.T, text string) {
		q, err := ParseQuery(text, noon)
		if err != nil {
			return
		}
		if _, err := s.List(context.Background(), q); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}
