package cookies

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkExplain asks a full jar about a site with ten cookies, and an empty one, as every request does.
func BenchmarkExplain(b *testing.B) {
	full := New(time.Now)
	for i := range maxCookies - 10 {
		full.Put(Cookie{Name: "a", Value: "1", Domain: fmt.Sprintf("h%d.test", i), HostOnly: true, Path: "/"})
	}
	for i := range 10 {
		full.Put(Cookie{Name: fmt.Sprintf("c%d", i), Value: "1", Domain: "api.example.com", HostOnly: true, Path: "/"})
	}
	to := Target{Host: "api.example.com", Path: "/users", Secure: true}
	for name, jar := range map[string]*Jar{"empty": New(time.Now), "full": full} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				jar.Explain(to)
			}
		})
	}
}
