package cookies

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestMerge(t *testing.T) {
	cookie := func(name, value string, minutes int) Cookie {
		at := noon.Add(time.Duration(minutes) * time.Minute)
		return Cookie{Name: name, Value: value, Domain: "h.test", HostOnly: true, Path: "/", Created: noon, Updated: at, Used: at}
	}
	old, newer, newest := cookie("a", "0", 0), cookie("a", "1", 1), cookie("a", "2", 2)
	none := []Cookie{}
	cases := []struct {
		what               string
		base, mine, theirs []Cookie
		want               string
	}{
		{"nothing changed", []Cookie{old}, []Cookie{old}, []Cookie{old}, "a=0"},
		{"both made others", none, []Cookie{old}, []Cookie{cookie("b", "1", 0)}, "a=0; b=1"},
		{"set here", []Cookie{old}, []Cookie{newer}, []Cookie{old}, "a=1"},
		{"set there", []Cookie{old}, []Cookie{old}, []Cookie{newer}, "a=1"},
		{"set later there", []Cookie{old}, []Cookie{newer}, []Cookie{newest}, "a=2"},
		{"set later here", []Cookie{old}, []Cookie{newest}, []Cookie{newer}, "a=2"},
		{"made later there", none, []Cookie{newer}, []Cookie{newest}, "a=2"},
		{"deleted here", []Cookie{old}, none, []Cookie{old}, ""},
		{"deleted there", []Cookie{old}, []Cookie{old}, none, ""},
		{"deleted here, set there", []Cookie{old}, none, []Cookie{newer}, "a=1"},
		{"deleted there, set here", []Cookie{old}, []Cookie{newer}, none, "a=1"},
	}
	for _, c := range cases {
		jar := New(func() time.Time { return noon.Add(time.Hour) })
		jar.cookies = append(jar.cookies, c.mine...)
		if got := names(jar.Merge(c.base, c.theirs)); got != c.want || names(jar.All()) != c.want {
			t.Errorf("%s: %s, the jar has %s; want %s", c.what, got, names(jar.All()), c.want)
		}
	}
}

// Several that read, merge and write in turn end with the same cookies, and each one's last word about a cookie of its own
// is among them.
func TestMergeLosesNothing(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		now := noon
		clock := func() time.Time { now = now.Add(time.Second); return now }
		var file []Cookie
		jars := []*Jar{New(clock), New(clock), New(clock)}
		bases := make([][]Cookie, len(jars))
		save := func(i int) { file = jars[i].Merge(bases[i], file); bases[i] = file }
		want := map[string]string{}
		for range 30 {
			i := random.IntN(len(jars))
			own := Cookie{Name: string(rune('a' + i)), Domain: "h.test", HostOnly: true, Path: "/"}
			switch random.IntN(4) {
			case 0:
				save(i)
			case 1:
				jars[i].Delete(own)
				delete(want, own.Name)
			default:
				own.Value = now.String()
				jars[i].Put(own)
				want[own.Name] = own.Value
			}
		}
		for i := range jars {
			save(i)
		}
		for i := range jars {
			save(i)
			if !Same(jars[i].All(), jars[0].All()) {
				t.Fatalf("%v and %v", jars[i].All(), jars[0].All())
			}
		}
		got := map[string]string{}
		for _, c := range file {
			got[c.Name] = c.Value
		}
		if len(got) != len(want) {
			t.Fatalf("kept %v, want %v", got, want)
		}
		for name, value := range want {
			if got[name] != value {
				t.Fatalf("kept %v, want %v", got, want)
			}
		}
	}
}
