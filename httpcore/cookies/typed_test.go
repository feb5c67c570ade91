package cookies

import (
	"errors"
	"strings"
	"testing"
	"time"
)

func TestWhatAPersonTypes(t *testing.T) {
	at := func(text string) time.Time {
		end, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return end
	}
	cases := []struct {
		typed Typed
		want  Cookie
		field string // the one that is wrong
	}{
		{Typed{Name: "a", Value: "1", Domain: "API.Example.com"}, Cookie{Name: "a", Value: "1", Domain: "api.example.com", HostOnly: true, Path: "/"}, ""},
		{Typed{Name: "a", Domain: ".example.com", Path: "/x", Secure: true, HTTPOnly: true, Partitioned: true, SameSite: "lax"}, Cookie{Name: "a", Domain: "example.com", Path: "/x", Secure: true, HTTPOnly: true, Partitioned: true, SameSite: SameSiteLax}, ""},
		{Typed{Name: "a", Domain: "Bücher.test"}, Cookie{Name: "a", Domain: "xn--bcher-kva.test", HostOnly: true, Path: "/"}, ""},
		{Typed{Name: "a", Domain: "[::1]", Expires: "session"}, Cookie{Name: "a", Domain: "::1", HostOnly: true, Path: "/"}, ""},
		{Typed{Name: "a", Domain: "my_host"}, Cookie{Name: "a", Domain: "my_host", HostOnly: true, Path: "/"}, ""},
		{Typed{Name: "a", Domain: "h", Expires: "30d"}, Cookie{Name: "a", Domain: "h", HostOnly: true, Path: "/", Expires: noon.Add(30 * 24 * time.Hour)}, ""},
		{Typed{Name: "a", Domain: "h", Expires: "1h30m"}, Cookie{Name: "a", Domain: "h", HostOnly: true, Path: "/", Expires: noon.Add(90 * time.Minute)}, ""},
		{Typed{Name: "a", Domain: "h", Expires: "2026-12-31"}, Cookie{Name: "a", Domain: "h", HostOnly: true, Path: "/", Expires: at("2026-12-31T00:00:00Z")}, ""},
		{Typed{Name: "a", Domain: "h", Expires: "2026-12-31T18:00:00+01:00"}, Cookie{Name: "a", Domain: "h", HostOnly: true, Path: "/", Expires: at("2026-12-31T17:00:00Z")}, ""},
		{Typed{Name: "a", Domain: "h", Expires: "Wed, 09 Jun 2100 10:18:14 GMT"}, Cookie{Name: "a", Domain: "h", HostOnly: true, Path: "/", Expires: at("2100-06-09T10:18:14Z")}, ""},
		{Typed{Domain: "h"}, Cookie{}, "name"},
		{Typed{Name: "a=b", Domain: "h"}, Cookie{}, "name"},
		{Typed{Name: "a\n", Domain: "h"}, Cookie{}, "name"},
		{Typed{Name: "__Host-a", Domain: "h"}, Cookie{}, "name"},
		{Typed{Name: "a", Value: "1; 2", Domain: "h"}, Cookie{}, "value"},
		{Typed{Name: "a", Value: " 1", Domain: "h"}, Cookie{}, "value"},
		{Typed{Name: "a", Value: strings.Repeat("x", maxPair), Domain: "h"}, Cookie{}, "value"},
		{Typed{Name: "a"}, Cookie{}, "domain"},
		{Typed{Name: "a", Domain: "http://h/"}, Cookie{}, "domain"},
		{Typed{Name: "a", Domain: "h:8080"}, Cookie{}, "domain"},
		{Typed{Name: "a", Domain: ".127.0.0.1"}, Cookie{}, "domain"},
		{Typed{Name: "a", Domain: ".co.uk"}, Cookie{}, "domain"},
		{Typed{Name: "a", Domain: "h", Path: "x"}, Cookie{}, "path"},
		{Typed{Name: "a", Domain: "h", Path: "/x\ny"}, Cookie{}, "path"},
		{Typed{Name: "a", Domain: "h", Expires: "soon"}, Cookie{}, "expires"},
		{Typed{Name: "a", Domain: "h", Expires: "-2h"}, Cookie{}, "expires"},
		{Typed{Name: "a", Domain: "h", SameSite: "yes"}, Cookie{}, "samesite"},
	}
	for _, c := range cases {
		got, err := c.typed.Cookie(noon)
		if c.field == "" {
			if err != nil || got != c.want {
				t.Errorf("%+v: %+v, %v; want %+v", c.typed, got, err, c.want)
			}
			if again, err := TypedOf(got).Cookie(noon); err != nil || again != got {
				t.Errorf("%+v comes back as %+v, %v", got, again, err)
			}
			continue
		}
		wrong, ok := errors.AsType[*FieldError](err)
		if !ok || wrong.Field != c.field || wrong.Hint() == "" {
			t.Errorf("%+v: %v; want a problem of the %s", c.typed, err, c.field)
		}
	}
}
