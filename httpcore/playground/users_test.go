package playground

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"testing"
)

const jsonType = "application/json"

func decode[T any](t *testing.T, text string) T {
	t.Helper()
	var v T
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v in %.200q", err, text)
	}
	return v
}

func TestUserLifeCycle(t *testing.T) {
	s := start(t)
	res, body := call(t, "POST", s.URL+"/users", `{"name":"Hedy Lamarr","email":"hedy@example.com"}`, "Content-Type", jsonType)
	location := res.Header.Get("Location")
	if res.StatusCode != 201 || location != "/users/hedy-lamarr" {
		t.Fatalf("create: %s, Location %q: %s", res.Status, location, body)
	}
	made := decode[user](t, body)
	if _, again := call(t, "GET", s.URL+location, ""); again != body {
		t.Errorf("read: got %s, created %s", again, body)
	}
	_, body = call(t, "PATCH", s.URL+location, `{"bio":"spread spectrum","email":null}`, "Content-Type", "application/merge-patch+json")
	if u := decode[user](t, body); deref(u.Bio) != "spread spectrum" || u.Email != nil || u.Name != made.Name || u.ID != made.ID {
		t.Errorf("patch: got %s", body)
	}
	_, body = call(t, "PUT", s.URL+location, `{"name":"H. Kiesler"}`, "Content-Type", jsonType)
	if u := decode[user](t, body); u.Bio != nil || u.Name != "H. Kiesler" || u.Login != "hedy-lamarr" {
		t.Errorf("replace: got %s", body)
	}
	if res, body := call(t, "DELETE", s.URL+location, ""); res.StatusCode != 204 || body != "" {
		t.Errorf("delete: %s %q", res.Status, body)
	}
	for _, method := range []string{"GET", "DELETE"} {
		if res, _ := call(t, method, s.URL+location, ""); res.StatusCode != 404 {
			t.Errorf("%s after the delete: %s", method, res.Status)
		}
	}
}

func TestUserMistakes(t *testing.T) {
	s := start(t)
	for _, c := range []struct {
		name, method, path, media, body string
		status                          int
		field                           string
	}{
		{"no name", "POST", "/users", jsonType, `{}`, 422, "name"},
		{"bad address", "POST", "/users", jsonType, `{"name":"A","email":"no"}`, 422, "email"},
		{"bad login", "POST", "/users", jsonType, `{"name":"A","login":"A b"}`, 422, "login"},
		{"unknown member", "POST", "/users", jsonType, `{"name":"A","nmae":"B"}`, 422, "nmae"},
		{"wrong type", "POST", "/users", jsonType, `{"name":7}`, 422, "name"},
		{"login taken", "POST", "/users", jsonType, `{"name":"A","login":"ada"}`, 409, "login"},
		{"login taken by a patch", "PATCH", "/users/alan", jsonType, `{"login":"ada"}`, 409, "login"},
		{"name taken away", "PATCH", "/users/alan", jsonType, `{"name":null}`, 422, "name"},
		{"patch that is no object", "PATCH", "/users/alan", jsonType, `[]`, 422, ""},
		{"not JSON", "POST", "/users", jsonType, `{"name":`, 400, ""},
		{"two values", "POST", "/users", jsonType, `{"name":"A"}{}`, 400, ""},
		{"another media type", "POST", "/users", "text/plain", `{"name":"A"}`, 415, ""},
		{"no media type", "PATCH", "/users/alan", "", `{}`, 415, ""},
		{"nobody", "GET", "/users/nobody", "", "", 404, ""},
		{"nobody to replace", "PUT", "/users/nobody", jsonType, `{"name":"A"}`, 404, ""},
		{"page zero", "GET", "/users?page=0", "", "", 400, "page"},
		{"too many a page", "GET", "/users?per_page=1000", "", "", 400, "per_page"},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, body := call(t, c.method, s.URL+c.path, c.body, "Content-Type", c.media)
			p := decode[problemDetails](t, body)
			if res.StatusCode != c.status || p.Status != c.status || p.Title == "" || p.Detail == "" {
				t.Errorf("got %s and %s", res.Status, body)
			}
			if got := res.Header.Get("Content-Type"); got != "application/problem+json" {
				t.Errorf("Content-Type is %q", got)
			}
			if c.field != "" && (len(p.Errors) != 1 || p.Errors[0].Field != c.field) {
				t.Errorf("names %v, not %q", p.Errors, c.field)
			}
		})
	}
	if _, body := call(t, "GET", s.URL+"/users?per_page=100", ""); len(decode[[]user](t, body)) != len(seedUsers()) {
		t.Error("a refused change left a trace")
	}
}

func TestUserPaging(t *testing.T) {
	s := start(t)
	seen, next, pages := 0, s.URL+"/users?per_page=5&q=example.com", 0
	for next != "" {
		res, body := call(t, "GET", next, "")
		if got := res.Header.Get("X-Total-Count"); got != "12" {
			t.Fatalf("X-Total-Count is %q", got)
		}
		seen += len(decode[[]user](t, body))
		pages++
		next = ""
		for link := range strings.SplitSeq(res.Header.Get("Link"), ", ") {
			if target, ok := strings.CutSuffix(link, `>; rel="next"`); ok {
				next = strings.TrimPrefix(target, "<")
			}
		}
	}
	if seen != 12 || pages != 3 {
		t.Errorf("followed next over %d pages to %d users, want 3 and 12", pages, seen)
	}
	if res, body := call(t, "GET", s.URL+"/users?page=99", ""); strings.TrimSpace(body) != "[]" || !strings.Contains(res.Header.Get("Link"), `rel="first"`) {
		t.Errorf("past the end: %s, Link %q", body, res.Header.Get("Link"))
	}
	if _, body := call(t, "GET", s.URL+"/users?q=HOPPER+grace", ""); len(decode[[]user](t, body)) != 1 {
		t.Errorf("search: got %s", body)
	}
}

func TestUserReadTwoWays(t *testing.T) {
	s := start(t)
	_, byLogin := call(t, "GET", s.URL+"/users/github", "")
	_, byNumber := call(t, "GET", s.URL+"/users/1", "")
	_, byCase := call(t, "GET", s.URL+"/users/GitHub", "")
	if byLogin != byNumber || byLogin != byCase {
		t.Errorf("got %s, %s and %s", byLogin, byNumber, byCase)
	}
}

func TestUsersFromManySides(t *testing.T) {
	h := NewHandler()
	defer h.Close()
	logins := make(chan string, 50)
	var all sync.WaitGroup
	for range cap(logins) {
		all.Go(func() {
			u, err := h.users.create(userInput{userFields: userFields{Name: "The Same"}}, now())
			if err != nil {
				t.Error(err)
			}
			logins <- u.Login
		})
	}
	all.Wait()
	close(logins)
	seen := map[string]bool{}
	for login := range logins {
		if seen[login] || !validLogin(login) {
			t.Errorf("%q is there twice, or is no login", login)
		}
		seen[login] = true
	}
}

// The examples of RFC 7396, appendix A.
func TestMergePatch(t *testing.T) {
	for _, c := range [][3]string{
		{`{"a":"b"}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"b"}`, `{"b":"c"}`, `{"a":"b","b":"c"}`},
		{`{"a":"b"}`, `{"a":null}`, `{}`},
		{`{"a":"b","b":"c"}`, `{"a":null}`, `{"b":"c"}`},
		{`{"a":["b"]}`, `{"a":"c"}`, `{"a":"c"}`},
		{`{"a":"c"}`, `{"a":["b"]}`, `{"a":["b"]}`},
		{`{"a":{"b":"c"}}`, `{"a":{"b":"d","c":null}}`, `{"a":{"b":"d"}}`},
		{`{"a":[{"b":"c"}]}`, `{"a":[1]}`, `{"a":[1]}`},
		{`["a","b"]`, `["c","d"]`, `["c","d"]`},
		{`{"a":"b"}`, `["c"]`, `["c"]`},
		{`{"a":"foo"}`, `null`, `null`},
		{`{"a":"foo"}`, `"bar"`, `"bar"`},
		{`{"e":null}`, `{"a":1}`, `{"e":null,"a":1}`},
		{`[1,2]`, `{"a":"b","c":null}`, `{"a":"b"}`},
		{`{}`, `{"a":{"bb":{"ccc":null}}}`, `{"a":{"bb":{}}}`},
	} {
		got := mergePatch(decode[any](t, c[0]), decode[any](t, c[1]))
		if want := decode[any](t, c[2]); !reflect.DeepEqual(got, want) {
			t.Errorf("%s patched with %s: got %v, want %v", c[0], c[1], got, want)
		}
	}
}

func TestSearchRepositories(t *testing.T) {
	s := start(t)
	type result struct {
		Total int `json:"total_count"`
		Items []repo
	}
	for _, c := range []struct{ query, first, last string }{
		{"q=http+language:go&sort=stars&order=desc", "go-resty/resty", "mccutchen/go-httpbin"},
		{"q=http+language:go&sort=stars&order=asc", "mccutchen/go-httpbin", "go-resty/resty"},
		{"q=user:psf", "psf/requests", "psf/requests"},
		{"q=topic:tui&sort=forks", "jesseduffield/lazygit", "LucasPickering/slumber"},
		{"q=client+language:rust&sort=updated", "LucasPickering/slumber", "seanmonstar/reqwest"},
	} {
		_, body := call(t, "GET", s.URL+"/search/repositories?"+c.query, "")
		r := decode[result](t, body)
		if r.Total == 0 || r.Items[0].FullName != c.first || r.Items[r.Total-1].FullName != c.last {
			t.Errorf("%s: got %s", c.query, body)
		}
	}
	for query, status := range map[string]int{"": 422, "q=": 422, "q=a&sort=age": 400, "q=a&order=up": 400} {
		if res, _ := call(t, http.MethodGet, s.URL+"/search/repositories?"+query, ""); res.StatusCode != status {
			t.Errorf("%q: got %s, want %d", query, res.Status, status)
		}
	}
	if res, _ := call(t, "GET", s.URL+"/repos/psf/nothing", ""); res.StatusCode != 404 {
		t.Errorf("a repository that is not there: %s", res.Status)
	}
}
