package cookies

import (
	"errors"
	"testing"
	"time"
)

func TestEdit(t *testing.T) {
	jar := New(func() time.Time { return noon })
	c := Cookie{Name: "a", Value: "1", Domain: "h.test", HostOnly: true, Path: "/"}
	jar.Put(c)
	c.Value = "2"
	if got := jar.Put(c); got != Replaced {
		t.Errorf("the second is %s", got)
	}
	if got := names(sent(jar, Target{Host: "h.test", Path: "/x"})); got != "a=2" {
		t.Errorf("sent %q", got)
	}
	if all := jar.All(); !all[0].Updated.Equal(noon) || !all[0].Created.Equal(noon) {
		t.Errorf("its times are %+v", all[0])
	}
	if !jar.Delete(c) || jar.Delete(c) || len(jar.All()) != 0 {
		t.Error("it is not deleted once")
	}
}

func TestReplaceLeavesNothingOfTheOldOne(t *testing.T) {
	now := noon
	jar := New(func() time.Time { return now })
	jar.Put(Cookie{Name: "a", Value: "1", Domain: "h.test", HostOnly: true, Path: "/"})
	edit := func(change func(*Cookie)) Cookie {
		now = now.Add(time.Hour)
		old := jar.All()[0]
		c := old
		change(&c)
		jar.Replace(old, c)
		all := jar.All()
		if len(all) != 1 {
			t.Fatalf("left are %v", all)
		}
		return all[0]
	}
	if got := edit(func(c *Cookie) { c.Value = "2" }); got.Value != "2" || !got.Created.Equal(noon) || !got.Updated.Equal(now) {
		t.Errorf("another value makes %+v", got)
	}
	if got := edit(func(c *Cookie) { c.HostOnly = false }); got.HostOnly || !got.Created.Equal(now) {
		t.Errorf("another scope makes %+v", got)
	}
	if got := edit(func(c *Cookie) { c.Name = "b" }); got.Name != "b" {
		t.Errorf("another name makes %+v", got)
	}
}

func TestClear(t *testing.T) {
	for _, c := range []struct {
		domain  string
		removed int
		left    string
	}{
		{"", 3, ""},
		{"example.com", 2, "c=3"},
		{".Example.com", 2, "c=3"},
		{"www.example.com", 1, "a=1; c=3"},
		{"ample.com", 0, "a=1; b=2; c=3"},
	} {
		jar := New(func() time.Time { return noon })
		jar.Put(Cookie{Name: "a", Value: "1", Domain: "example.com", Path: "/"})
		jar.Put(Cookie{Name: "b", Value: "2", Domain: "www.example.com", HostOnly: true, Path: "/"})
		jar.Put(Cookie{Name: "c", Value: "3", Domain: "h.test", HostOnly: true, Path: "/"})
		if of := jar.Of(c.domain); len(of) != c.removed {
			t.Errorf("of %q are %v", c.domain, of)
		}
		if removed := jar.Clear(c.domain); removed != c.removed || names(jar.All()) != c.left {
			t.Errorf("clearing %q removes %d and leaves %q", c.domain, removed, names(jar.All()))
		}
	}
}

func TestOneCookieIsMeant(t *testing.T) {
	jar := New(func() time.Time { return noon })
	jar.Put(Cookie{Name: "a", Value: "1", Domain: "h.test", HostOnly: true, Path: "/"})
	jar.Put(Cookie{Name: "a", Value: "2", Domain: "h.test", HostOnly: true, Path: "/b"})
	jar.Put(Cookie{Name: "a", Value: "3", Domain: "i.test", Path: "/"})
	for _, c := range []struct {
		selector Selector
		want     string
		found    int
	}{
		{Selector{Name: "a", Domain: ".i.test"}, "a=3", 1},
		{Selector{Name: "a", Domain: "h.test", Path: "/b"}, "a=2", 1},
		{Selector{Name: "a", Domain: "h.test"}, "", 2},
		{Selector{Name: "a"}, "", 3},
		{Selector{Name: "b"}, "", 0},
	} {
		got, err := jar.One(c.selector)
		if wrong, ok := errors.AsType[*SelectError](err); ok != (c.found != 1) || ok && (len(wrong.Found) != c.found || wrong.Hint() == "") {
			t.Errorf("%+v: %v", c.selector, err)
		}
		if got.String() != c.want && c.want != "" {
			t.Errorf("%+v means %s", c.selector, got)
		}
	}
}
