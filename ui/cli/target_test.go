package cli

import (
	"testing"
)

func TestTargets(t *testing.T) {
	saved := map[string]bool{"users/create": true, "v1.0/users": true, "get": true, "localhost": true}
	exists := func(name string) bool { return saved[name] }
	for _, c := range []struct {
		args  []string
		want  target
		items int
	}{
		{[]string{"http://a.test/x"}, target{url: "http://a.test/x"}, 0},
		{[]string{"HTTPS://a.test"}, target{url: "HTTPS://a.test"}, 0},
		{[]string{"://a.test"}, target{url: "http://a.test"}, 0},
		{[]string{":8080/x"}, target{url: "http://localhost:8080/x"}, 0},
		{[]string{":8080"}, target{url: "http://localhost:8080"}, 0},
		{[]string{":/x/y"}, target{url: "http://localhost/x/y"}, 0},
		{[]string{":"}, target{url: "http://localhost"}, 0},
		{[]string{":?q=a/b"}, target{url: "http://localhost?q=a/b"}, 0},
		{[]string{":80?q"}, target{url: "http://localhost:80?q"}, 0},
		{[]string{"/x"}, target{url: "http://localhost/x"}, 0},
		{[]string{"a.test"}, target{url: "http://a.test"}, 0},
		{[]string{"api:8080/x", "a=b"}, target{url: "http://api:8080/x"}, 1},
		{[]string{"[::1]:80/x"}, target{url: "http://[::1]:80/x"}, 0},
		{[]string{"::1"}, target{url: "http://[::1]"}, 0},
		{[]string{"{{base}}/x"}, target{url: "{{base}}/x"}, 0},
		{[]string{"ftp://a.test"}, target{url: "ftp://a.test"}, 0},
		{[]string{"users/create", "a=b.c"}, target{saved: "users/create"}, 1},
		{[]string{"v1.0/users"}, target{saved: "v1.0/users"}, 0},
		{[]string{"v1.0/teams"}, target{url: "http://v1.0/teams"}, 0},
		{[]string{"users/none"}, target{saved: "users/none"}, 0},
		{[]string{"POST", "a.test", "a=b"}, target{method: "POST", url: "http://a.test"}, 1},
		{[]string{"post", ":1"}, target{method: "post", url: "http://localhost:1"}, 0},
		{[]string{"PURGE", "nohost"}, target{method: "PURGE", url: "http://nohost"}, 0},
		{[]string{"get", "a=b"}, target{saved: "get"}, 1},
		{[]string{"get", "a.test"}, target{method: "get", url: "http://a.test"}, 0},
		{[]string{"localhost"}, target{saved: "localhost"}, 0},
		{[]string{"localhost/x"}, target{url: "http://localhost/x"}, 0},
		{[]string{"curl -d a b.test", "X:1"}, target{curl: "curl -d a b.test"}, 1},
		{[]string{"curl"}, target{saved: "curl"}, 0},
	} {
		got, rest, err := parseTarget(c.args, exists)
		if err != nil || got != c.want || len(rest) != c.items {
			t.Errorf("%q is %+v with %q, %v; want %+v with %d items", c.args, got, rest, err, c.want, c.items)
		}
	}
}

func TestAMethodBeforeASavedRequestSaysWhatToDo(t *testing.T) {
	_, _, err := parseTarget([]string{"PUT", "users/create"}, func(name string) bool { return name == "users/create" })
	if err == nil || hintOf(err) != "--set method=PUT sends it with another method" {
		t.Errorf("got %v, hint %q", err, hintOf(err))
	}
}

func TestAddresses(t *testing.T) {
	got, err := addresses([]string{"api.test:443:127.0.0.1", "[::1]:80:[fe80::1]", "b.test:1:::1"})
	if err != nil {
		t.Fatal(err)
	}
	for from, to := range map[string]string{"api.test:443": "127.0.0.1:443", "[::1]:80": "[fe80::1]:80", "b.test:1": "[::1]:1"} {
		if got[from] != to {
			t.Errorf("%s goes to %q, want %q", from, got[from], to)
		}
	}
	for _, bad := range []string{"", "a", "a:1", "a:b:127.0.0.1", ":1:127.0.0.1"} {
		if _, err := addresses([]string{bad}); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
