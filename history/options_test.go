package history

import (
	"encoding/json"
	"strings"
	"testing"

	"parley/httpcore"
)

func TestPasswordsInOptionsAreNotKept(t *testing.T) {
	s := open(t, t.TempDir())
	x := sample{status: 200, secrets: []httpcore.Secret{httpcore.NewSecret("pass", "hunter22secret"), httpcore.NewSecret("proxy", "pr0xysecret")}}.exchange(t)
	x.Request.Options.TLS.Password = "hunter22secret"
	x.Request.Elsewhere = &httpcore.Elsewhere{TLS: httpcore.TLSOptions{CA: "ca.pem", Password: "hunter22secret"}, Without: []string{"X-Api"}}
	x.Request.Options.Network.Proxies = httpcore.Proxies{By: map[string]string{
		"http": "http://ada:pr0xysecret@p.test:1", "https": "socks5://bob:literal@p.test:2", "all": "carol@p.test", "http://direct": "",
	}, Origin: "the environment"}
	entry := get(t, s, add(t, s, Meta{}, x))
	kept, err := json.Marshal(entry.Exchange.Request.Options)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := json.Marshal(entry.Exchange.Request.Elsewhere)
	if err != nil {
		t.Fatal(err)
	}
	kept = append(kept, elsewhere...)
	for _, password := range []string{"hunter22secret", "pr0xysecret", "literal"} {
		if strings.Contains(string(kept), password) {
			t.Errorf("%s is kept in %s", password, kept)
		}
	}
	replay, err := entry.AsSent(func(name string) (httpcore.Secret, error) { return httpcore.NewSecret(name, "new@"+name), nil })
	if err != nil {
		t.Fatal(err)
	}
	o := replay.Request.Options
	if o.TLS.Password != "new@pass" {
		t.Errorf("the password is %q", o.TLS.Password)
	}
	if e := replay.Request.Elsewhere; e == nil || e.TLS != (httpcore.TLSOptions{CA: "ca.pem", Password: "new@pass"}) || len(e.Without) != 1 {
		t.Errorf("elsewhere is %+v", e)
	}
	for key, want := range map[string]string{
		"http": "http://ada:new%40proxy@p.test:1", "https": "socks5://bob@p.test:2", "all": "carol@p.test", "http://direct": "",
	} {
		if got := o.Network.Proxies.By[key]; got != want {
			t.Errorf("%s goes through %q, want %q", key, got, want)
		}
	}

	x.Request.Options.TLS.Password = "of a file"
	if entry = get(t, s, add(t, s, Meta{}, x)); entry.Exchange.Request.Options.TLS.Password != "" {
		t.Errorf("a password that is no secret is kept: %q", entry.Exchange.Request.Options.TLS.Password)
	}
}
