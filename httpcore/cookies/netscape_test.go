package cookies

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

func TestReadNetscapeTakesWhatOthersWrite(t *testing.T) {
	end := time.Unix(1800000000, 0).UTC()
	cases := map[string]struct {
		text string
		want Cookie
	}{
		"curl":             {"# https://curl.se/docs/http-cookies.html\n\n.h.test\tTRUE\t/a\tTRUE\t1800000000\tn\tv\n", Cookie{Name: "n", Value: "v", Domain: "h.test", Path: "/a", Secure: true, Expires: end}},
		"curl's HttpOnly":  {"#HttpOnly_h.test\tFALSE\t/\tFALSE\t0\tn\tv", Cookie{Name: "n", Value: "v", Domain: "h.test", HostOnly: true, Path: "/", HTTPOnly: true}},
		"no value":         {"h.test\tFALSE\t/\tFALSE\t0\tn\n", Cookie{Name: "n", Domain: "h.test", HostOnly: true, Path: "/"}},
		"no name":          {"h.test\tFALSE\t/\tFALSE\t0\t\tv\n", Cookie{Value: "v", Domain: "h.test", HostOnly: true, Path: "/"}},
		"Windows":          {"\ufeff# Netscape HTTP Cookie File\r\nH.Test\tfalse\t/\ttrue\t\tn\tv w\r\n", Cookie{Name: "n", Value: "v w", Domain: "h.test", HostOnly: true, Path: "/", Secure: true}},
		"a browser":        {".h.test\tTRUE\t/\tFALSE\t1800000000.75\tn\tv=w\n", Cookie{Name: "n", Value: "v=w", Domain: "h.test", Path: "/", Expires: end}},
		"a session's":      {"h.test\tFALSE\t/\tFALSE\t-1\tn\tv\n", Cookie{Name: "n", Value: "v", Domain: "h.test", HostOnly: true, Path: "/"}},
		"pasted":           {"h.test   FALSE   /   FALSE   1800000000   n   v", Cookie{Name: "n", Value: "v", Domain: "h.test", HostOnly: true, Path: "/", Expires: end}},
		"an address":       {"127.0.0.1\tTRUE\t/\tFALSE\t0\tn\tv\n", Cookie{Name: "n", Value: "v", Domain: "127.0.0.1", HostOnly: true, Path: "/"}},
		"IPv6":             {"[::1]\tFALSE\t/\tFALSE\t0\tn\tv\n", Cookie{Name: "n", Value: "v", Domain: "::1", HostOnly: true, Path: "/"}},
		"an umlaut":        {"bücher.test\tTRUE\t/\tFALSE\t0\tn\tv\n", Cookie{Name: "n", Value: "v", Domain: "xn--bcher-kva.test", Path: "/"}},
		"one name, public": {"localhost\tTRUE\t/\tFALSE\t0\tn\tv\n", Cookie{Name: "n", Value: "v", Domain: "localhost", Path: "/"}},
	}
	for name, c := range cases {
		got, problems, err := ReadNetscape(strings.NewReader(c.text))
		if err != nil || len(problems) > 0 || len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %+v, %v, %v; want %+v", name, got, problems, err, c.want)
		}
	}
}

func TestReadNetscapeSaysWhatItCannotRead(t *testing.T) {
	for text, want := range map[string]string{
		"[{\"name\": \"a\", \"value\": \"secret\"}]":                     "line 1: it has 4 fields",
		"\n\nh.test\tFALSE\t/\tFALSE\tsoon\tn\tsecret":                   "line 3: its end is no number",
		"h.test\tFALSE\ta\tFALSE\t0\tn\tsecret":                          "line 1: n: the cookie's path does not begin",
		"http://h.test\tFALSE\t/\tFALSE\t0\tn\tsecret":                   "line 1: n: the cookie's domain is no host name",
		"h.test\tFALSE\t/\tFALSE\t0\tn\tse;cret":                         "line 1: n: the cookie's value holds a separator",
		"h.test\tFALSE\t/\tFALSE\t0\t__Host-n\tsecret":                   "line 1: __Host-n: the cookie's name makes a promise",
		"h.test\tFALSE\t/\tFALSE\t0\tn\t" + strings.Repeat("x", maxLine): "line 1: n: it is longer than",
	} {
		got, problems, err := ReadNetscape(strings.NewReader(text + "\ni.test\tFALSE\t/\tFALSE\t0\tnext\t1\n"))
		if err != nil || len(problems) != 1 || !strings.HasPrefix(problems[0].String(), want) {
			t.Errorf("%.40q: %v, %v; want %s", text, problems, err, want)
		}
		if len(got) != 1 || got[0].Name != "next" {
			t.Errorf("%.40q: the line behind it gives %v", text, got)
		}
		if strings.Contains(fmt.Sprint(problems), "secret") {
			t.Errorf("the problem tells the value: %v", problems)
		}
	}
	if _, _, err := ReadNetscape(iotest.ErrReader(errors.New("torn"))); err == nil {
		t.Error("an unreadable file is an empty one")
	}
}

func TestWriteNetscapeSaysWhatIsLost(t *testing.T) {
	var b bytes.Buffer
	problems, err := WriteNetscape(&b, []Cookie{
		{Name: "all", Value: "1", Domain: "h.test", Path: "/", SameSite: SameSiteLax, Partitioned: true, Secure: true, HTTPOnly: true, Expires: noon},
		{Name: "tab", Value: "a\tb", Domain: "h.test", HostOnly: true, Path: "/"},
	})
	if err != nil || fmt.Sprint(problems) != "[all: the format has no place for its SameSite=Lax and Partitioned tab: it is left out: the format cannot hold a TAB in it]" {
		t.Errorf("%v, %v", problems, err)
	}
	if want := fmt.Sprintf("#HttpOnly_.h.test\tTRUE\t/\tTRUE\t%d\tall\t1\n", noon.Unix()); !strings.HasSuffix(b.String(), want) {
		t.Errorf("written is %q", b.String())
	}
}

// throughNetscape writes cookies and reads them again: all comes back but what the format has no place for.
func throughNetscape(t *testing.T, list []Cookie) {
	t.Helper()
	var b bytes.Buffer
	if _, err := WriteNetscape(&b, list); err != nil {
		t.Fatal(err)
	}
	got, problems, err := ReadNetscape(&b)
	if err != nil || len(problems) > 0 {
		t.Fatalf("%q: %v, %v", b.String(), problems, err)
	}
	want := slices.DeleteFunc(slices.Clone(list), func(c Cookie) bool { return strings.Contains(c.Name+c.Value+c.Path, "\t") })
	for i := range want {
		c := &want[i]
		c.SameSite, c.Partitioned, c.Created, c.Updated, c.Used = "", false, time.Time{}, time.Time{}, time.Time{}
		if !c.Expires.IsZero() {
			c.Expires = c.Expires.UTC().Truncate(time.Second)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("%+v comes back as %+v", want, got)
	}
}

func TestNetscapeRoundTrip(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(list ...string) string { return list[random.IntN(len(list))] }
	for range 300 {
		jar := New(func() time.Time { return noon })
		from := Target{Host: pick("a.example.com", "127.0.0.1", "localhost", "::1"), Path: "/x/y", Secure: true}
		for range 20 {
			line := pick("a", "b", "", "ü", "__Secure-c") + pick("=", "", "==") + pick("1", "", "\"q\"", "x y", "a\tb", "\xff")
			for _, attribute := range []string{"Domain=example.com", "Path=/z", "Path=/\tq", "Max-Age=100", "Secure", "HttpOnly", "SameSite=None", "Partitioned"} {
				if random.IntN(3) == 0 {
					line += "; " + attribute
				}
			}
			jar.Receive(from, []string{line})
		}
		throughNetscape(t, jar.All())
	}
}

func TestReadNetscapeIsBounded(t *testing.T) {
	var file strings.Builder
	for i := range maxRead + 5 {
		fmt.Fprintf(&file, "h.test\tFALSE\t/\tFALSE\t0\tn%d\tv\nrubbish\n", i)
	}
	list, problems, err := ReadNetscape(strings.NewReader(file.String()))
	if err != nil || len(list) != maxRead || len(problems) != maxProblems+2 {
		t.Fatalf("%d cookies, %d problems, %v", len(list), len(problems), err)
	}
	last := fmt.Sprint(problems[maxProblems], "; ", problems[maxProblems+1])
	if want := fmt.Sprintf("5 cookies behind the first %d are left out; %d more lines make no cookie", maxRead, maxRead+5-maxProblems); last != want {
		t.Errorf("got %s, want %s", last, want)
	}
}
