package auth_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/auth"
)

// grant returns the values of a grant at the desk's playground.
func (d *desk) grant(name string, more ...[2]string) [][2]string {
	values := [][2]string{
		{"grant", name}, {"token_url", d.server.URL + "/oauth2/token"}, {"client_id", "playground"}, {"client_secret", "secret"}, {"scope", "read write"},
	}
	switch name {
	case "authorization_code":
		values = append(values, [2]string{"authorize_url", d.server.URL + "/oauth2/authorize"})
	case "device_code":
		values = append(values, [2]string{"device_url", d.server.URL + "/oauth2/device?approve_after=2"})
	case "password":
		values = append(values, [2]string{"username", "ada"}, [2]string{"password", "engine"})
	}
	for _, value := range more {
		values = slices.DeleteFunc(values, func(v [2]string) bool { return v[0] == value[0] })
		values = append(values, value)
	}
	return values
}

func TestEveryGrantOpensTheResource(t *testing.T) {
	public := [][2]string{{"client_id", "public"}, {"client_secret", ""}}
	cases := []struct {
		name, grant string
		values      [][2]string
		user        string
	}{
		{"client credentials", "client_credentials", nil, ""},
		{"client credentials in the body", "client_credentials", [][2]string{{"client_auth", "body"}}, ""},
		{"code", "authorization_code", nil, "ada"},
		{"code of a public client", "authorization_code", public, "ada"},
		{"device", "device_code", nil, "ada"},
		{"device of a public client", "device_code", public, "ada"},
		{"password", "password", nil, "ada"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			open, shown := browser(t, "&approve=1")
			d := newDesk(t, func(e *auth.Environment) { e.OpenBrowser = open })
			values := d.grant(c.grant, c.values...)
			x, body := d.opens("/oauth2/resource", "oauth2", values...)
			if !strings.Contains(body, `"scope":"read write"`) || c.user != "" && !strings.Contains(body, `"user":"`+c.user+`"`) {
				t.Errorf("it answers %s", body)
			}
			if page := shown(); c.grant == "authorization_code" && !strings.Contains(page, "You can close this page") {
				t.Errorf("the browser shows %s", page)
			}
			checkMasked(t, x)
			n := len(d.asked)
			d.opens("/oauth2/resource", "oauth2", values...)
			if len(d.asked) != n {
				t.Error("a token that is still good was asked for again")
			}
		})
	}
}

// checkMasked makes sure that the access token is a secret of the exchange.
func checkMasked(t *testing.T, x *httpcore.Exchange) {
	t.Helper()
	sent := string(x.Last().Sent.Head)
	masked := httpcore.NewMasker(x.Request.Secrets, httpcore.Mark).String(sent)
	if !strings.Contains(sent, "Authorization: Bearer ") || !strings.Contains(masked, "Authorization: Bearer {secret access token}\r\n") {
		t.Errorf("the request is shown as\n%s", masked)
	}
}

func TestTokensAreRefreshedBeforeTheyExpire(t *testing.T) {
	d := newDesk(t, nil)
	values := d.grant("password", [2]string{"token_url", d.server.URL + "/oauth2/token?expires=60"})
	for round, c := range []struct {
		later             time.Duration
		password, refresh int
	}{{0, 1, 0}, {49 * time.Second, 1, 0}, {2 * time.Second, 1, 1}, {49 * time.Second, 1, 1}, {2 * time.Second, 1, 2}} {
		if err := d.wait(t.Context(), c.later); err != nil {
			t.Fatal(err)
		}
		d.opens("/oauth2/resource", "oauth2", values...)
		if p, r := d.timesAsked("password"), d.timesAsked("refresh_token"); p != c.password || r != c.refresh {
			t.Errorf("round %d: asked %d times by password and refreshed %d times, want %d and %d", round, p, r, c.password, c.refresh)
		}
	}
}

// A token may end before its time. It is refreshed once; a resource that refuses the new one as well has its way.
func TestTokensAreRefreshedOnceWhenRefused(t *testing.T) {
	d := newDesk(t, nil)
	values := d.grant("password")
	x, _ := d.opens("/oauth2/resource", "oauth2", values...)
	d.revoke(t, strings.TrimPrefix(value(x, "Authorization"), "Bearer "))
	x, _ = d.opens("/oauth2/resource", "oauth2", values...)
	if attempts := len(x.Hops[0].Attempts); attempts != 2 || d.timesAsked("refresh_token") != 1 {
		t.Errorf("%d attempts, refreshed %d times", attempts, d.timesAsked("refresh_token"))
	}
	checkMasked(t, x)
	refused := httpcore.NewMasker(x.Request.Secrets, httpcore.Mark).String(string(x.Hops[0].Attempts[0].Sent.Head))
	if !strings.Contains(refused, "Authorization: Bearer {secret access token}\r\n") {
		t.Errorf("the request that was refused is shown as\n%s", refused)
	}
	x, err := d.send(t.Context(), "/status/401", "oauth2", values...)
	if err != nil || x.Response().Status != 401 || len(x.Hops[0].Attempts) != 2 {
		t.Errorf("%v, %d attempts", err, len(x.Hops[0].Attempts))
	}
}

// A refresh token that the server does not know any more is no reason to give up.
func TestALostRefreshTokenLeadsBackToTheGrant(t *testing.T) {
	d := newDesk(t, nil)
	values := d.grant("password")
	d.opens("/oauth2/resource", "oauth2", values...)
	d.server.Reset()
	d.opens("/oauth2/resource", "oauth2", values...)
	if p, r := d.timesAsked("password"), d.timesAsked("refresh_token"); p != 2 || r != 1 {
		t.Errorf("asked %d times by password, refreshed %d times", p, r)
	}
}

// Without a refresh token, nobody is sent to the browser in the middle of an exchange: the next one does that.
func TestASignInThatEndedIsForgotten(t *testing.T) {
	plain := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"access_token":"at-value","token_type":"bearer"}`)
	}))
	defer plain.Close()
	open, shown := browser(t, "&approve=1")
	d := newDesk(t, func(e *auth.Environment) { e.OpenBrowser = open })
	x, err := d.send(t.Context(), "/status/401", "oauth2", d.grant("authorization_code", [2]string{"token_url", plain.URL})...)
	if err != nil || len(x.Hops[0].Attempts) != 1 {
		t.Fatalf("%v, %d attempts", err, len(x.Hops[0].Attempts))
	}
	shown()
	if list, err := d.tokens.List(); err != nil || len(list) != 0 || !strings.Contains(d.told(), "it is forgotten") {
		t.Errorf("%v is kept, %v; told: %s", list, err, d.told())
	}
}

func TestARefreshTokenFromElsewhere(t *testing.T) {
	d := newDesk(t, nil)
	res, err := http.PostForm(d.server.URL+"/oauth2/token", url.Values{
		"grant_type": {"password"}, "username": {"ada"}, "password": {"engine"}, "client_id": {"public"},
	})
	if err != nil {
		t.Fatal(err)
	}
	text, _ := io.ReadAll(res.Body)
	res.Body.Close()
	http.DefaultClient.CloseIdleConnections()
	_, rest, _ := strings.Cut(string(text), `"refresh_token":"`)
	token, _, _ := strings.Cut(rest, `"`)
	values := d.grant("refresh_token", [2]string{"refresh_token", token}, [2]string{"client_id", "public"}, [2]string{"client_secret", ""}, [2]string{"token_url", d.server.URL + "/oauth2/token?expires=60"})
	d.opens("/oauth2/resource", "oauth2", values...)
	if err := d.wait(t.Context(), time.Minute); err != nil {
		t.Fatal(err)
	}
	d.opens("/oauth2/resource", "oauth2", values...) // with the one that took its place
	if n := d.timesAsked("refresh_token"); n != 2 {
		t.Errorf("refreshed %d times", n)
	}
}

func TestManyRequestsShareOneGrant(t *testing.T) {
	d := newDesk(t, nil)
	values := d.grant("client_credentials")
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			x, err := d.send(t.Context(), "/oauth2/resource", "oauth2", values...)
			if err != nil || x.Response().Status != 200 {
				t.Errorf("%v", err)
			}
		})
	}
	all.Wait()
	if n := d.timesAsked("client_credentials"); n != 1 {
		t.Errorf("a token was asked for %d times", n)
	}
}

func TestTheSignInGoesWrong(t *testing.T) {
	cases := []struct{ name, said, authorize, say string }{
		{"denied", "&approve=0", "", "got no code: access_denied (the user said no)"},
		{"another state", "&approve=1", "?state=other", "another state than it was sent with"}, // the server takes the first
		{"no PKCE", "&approve=1", "?code_challenge_method=plain", "got no code: invalid_request"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			open, shown := browser(t, c.said)
			d := newDesk(t, func(e *auth.Environment) { e.OpenBrowser = open })
			values := d.grant("authorization_code", [2]string{"authorize_url", d.server.URL + "/oauth2/authorize" + c.authorize})
			_, err := d.send(t.Context(), "/oauth2/resource", "oauth2", values...)
			if !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
				t.Errorf("got %v, want …%s…", err, c.say)
			}
			if page := shown(); !strings.Contains(page, "Not signed in") {
				t.Errorf("the browser shows %s", page)
			}
			if len(d.asked) > 0 {
				t.Error("a token was asked for")
			}
		})
	}
}

// The listener answers one callback, escapes what it is told, and is closed whatever happens.
func TestTheCallback(t *testing.T) {
	pages := make(chan string, 1)
	d := newDesk(t, func(e *auth.Environment) {
		e.OpenBrowser = func(_ context.Context, page string) error { pages <- page; return nil }
	})
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	go func() {
		_, err := d.send(ctx, "/oauth2/resource", "oauth2", d.grant("authorization_code", [2]string{"redirect", "http://127.0.0.1/back"})...)
		done <- err
	}()
	page, err := url.Parse(<-pages)
	if err != nil {
		t.Fatal(err)
	}
	query := page.Query()
	redirect := query.Get("redirect_uri")
	if !strings.HasPrefix(redirect, "http://127.0.0.1:") || !strings.HasSuffix(redirect, "/back") || query.Get("response_type") != "code" || query.Get("code_challenge_method") != "S256" ||
		len(query.Get("code_challenge")) != 43 || len(query.Get("state")) != 43 || query.Get("scope") != "read write" {
		t.Errorf("the page is %s", page)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	get := func(url string) (int, string) {
		res, err := client.Get(url)
		if err != nil {
			return 0, err.Error()
		}
		defer res.Body.Close()
		text, _ := io.ReadAll(res.Body)
		return res.StatusCode, string(text)
	}
	if status, _ := get(strings.TrimSuffix(redirect, "/back") + "/favicon.ico"); status != 404 {
		t.Errorf("another path answers %d", status)
	}
	status, text := get(redirect + "?error=%3Cscript%3E&state=" + query.Get("state"))
	if status != 400 || strings.Contains(text, "<script>") || !strings.Contains(text, "&lt;script&gt;") {
		t.Errorf("it answers %d %s", status, text)
	}
	if err := <-done; err == nil || !strings.Contains(err.Error(), "<script>") {
		t.Errorf("got %v", err)
	}
	if status, text := get(redirect); status != 0 {
		t.Errorf("it still listens: %d %s", status, text)
	}
}

// A redirect that names a port is listened for there and nowhere else: the server knows no other.
func TestARedirectWhosePortIsTaken(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	d := newDesk(t, nil)
	_, err = d.send(t.Context(), "/oauth2/resource", "oauth2", d.grant("authorization_code", [2]string{"redirect", "http://" + taken.Addr().String() + "/"})...)
	if !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), "cannot listen at "+taken.Addr().String()) {
		t.Errorf("got %v", err)
	}
}

func TestASignInCanBeCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	d := newDesk(t, func(e *auth.Environment) {
		e.OpenBrowser = func(context.Context, string) error { cancel(); return errors.New("no browser") }
	})
	_, err := d.send(ctx, "/oauth2/resource", "oauth2", d.grant("authorization_code")...)
	if !errors.Is(err, httpcore.KindCanceled) {
		t.Errorf("got %v", err)
	}
	if told := d.told(); !strings.Contains(told, "Open this page in a browser to sign in:\n"+d.server.URL+"/oauth2/authorize?response_type=code&") {
		t.Errorf("told: %s", told)
	}
}

func TestDevices(t *testing.T) {
	cases := []struct {
		name, device, said string
		say                string
		waits              []time.Duration
	}{
		{"approved later", "?approve_after=2&interval=3", "", "", []time.Duration{3e9, 3e9, 3e9}},
		{"denied", "", "&approve=0", "access_denied", []time.Duration{1e9}},
		{"never entered", "?expires=3", "", "it has expired", []time.Duration{1e9, 1e9, 1e9}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var d *desk
			d = newDesk(t, func(e *auth.Environment) {
				e.Wait = func(ctx context.Context, wait time.Duration) error {
					if _, page, found := strings.Cut(d.told(), "or open "); found && c.said != "" {
						d.visit(t, page+c.said)
					}
					return d.wait(ctx, wait)
				}
			})
			_, err := d.send(t.Context(), "/oauth2/resource", "oauth2", d.grant("device_code", [2]string{"device_url", d.server.URL + "/oauth2/device" + c.device})...)
			if c.say == "" && err != nil || c.say != "" && (!errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say)) {
				t.Errorf("got %v, want …%s…", err, c.say)
			}
			if !slices.Equal(d.waits, c.waits) {
				t.Errorf("it waits %v, want %v", d.waits, c.waits)
			}
			if told := d.told(); !strings.HasPrefix(told, "Open "+d.server.URL+"/oauth2/device and enter the code ") {
				t.Errorf("told: %s", told)
			}
		})
	}
}

func TestDevicesSlowDownAndAreCanceled(t *testing.T) {
	replies := []string{`{"error":"slow_down"}`, `{"error":"authorization_pending"}`, `{"error":"slow_down"}`, `{"error":"authorization_pending"}`}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/device" {
			io.WriteString(w, `{"device_code":"d","user_code":"U","verification_url":"http://h/"}`)
			return
		}
		w.WriteHeader(400)
		io.WriteString(w, replies[0])
		replies = replies[1:]
	}))
	defer server.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var d *desk
	d = newDesk(t, func(e *auth.Environment) {
		e.Wait = func(ctx context.Context, wait time.Duration) error {
			if len(replies) == 0 {
				cancel()
			}
			return d.wait(ctx, wait)
		}
	})
	_, err := d.send(ctx, "/oauth2/resource", "oauth2", d.grant("device_code", [2]string{"device_url", server.URL + "/device"}, [2]string{"token_url", server.URL})...)
	if want := []time.Duration{5e9, 10e9, 10e9, 15e9, 15e9}; !errors.Is(err, httpcore.KindCanceled) || !slices.Equal(d.waits, want) {
		t.Errorf("got %v after %v, want it canceled after %v", err, d.waits, want)
	}
}

func TestTheTokenEndpointSaysSomethingElse(t *testing.T) {
	cases := []struct{ name, media, reply, say string }{
		{"a form", "application/x-www-form-urlencoded", "access_token=at-value&token_type=bearer&expires_in=60", ""},
		{"a number as text", "application/json", `{"access_token":"at-value","expires_in":"60"}`, ""},
		{"a list of scopes", "application/json", `{"access_token":"at-value","expires_in":60.0,"scope":["a","b"]}`, ""},
		{"HTML", "text/html", "<h1>Welcome</h1>", "it is no JSON"},
		{"nothing of use", "application/json", "{}", "got no access token"},
		{"a token that would split the header", "application/json", `{"access_token":"a\r\nX: y"}`, "got no access token"},
		{"too much", "application/json", strings.Repeat(" ", 2<<20), "more than 1 MiB"},
		{"a long story", "application/json", `{"error":"x","error_description":"` + strings.Repeat("é", 1000) + `"}`, "(" + strings.Repeat("é", 250) + "…)"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Content-Type", c.media)
				io.WriteString(w, c.reply)
			}))
			defer server.Close()
			d := newDesk(t, nil)
			endpoint := strings.Replace(server.URL, "//", "//ada:s3cret-value@", 1)
			x, err := d.send(t.Context(), "/headers", "oauth2", d.grant("client_credentials", [2]string{"token_url", endpoint})...)
			if c.say != "" {
				if strings.Contains(err.Error(), "s3cret") {
					t.Errorf("the endpoint's password is in %v", err)
				}
				if !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
					t.Errorf("got %v, want …%s…", err, c.say)
				}
				return
			}
			list, listed := d.tokens.List()
			if err != nil || value(x, "Authorization") != "Bearer at-value" || list[0].TokenURL != server.URL+"/" || listed != nil || len(list) != 1 || !list[0].Expiry.Equal(list[0].Obtained.Add(time.Minute)) {
				t.Errorf("%v: sent %q, kept %+v", err, value(x, "Authorization"), list)
			}
		})
	}
}

func TestARefusalIsTold(t *testing.T) {
	d := newDesk(t, nil)
	_, err := d.send(t.Context(), "/oauth2/resource", "oauth2", d.grant("client_credentials", [2]string{"client_secret", "wr0ng-secret"})...)
	e, ok := errors.AsType[*httpcore.Error](err)
	if !ok || e.Kind != httpcore.KindAuth || !strings.Contains(e.Message, "refused by "+d.server.URL+"/oauth2/token: invalid_client (the clients are") || !strings.Contains(e.Hint(), "client_auth") {
		t.Errorf("got %v", err)
	}
}

// What a server repeats of what it was sent is not shown.
func TestARefusalThatRepeatsASecret(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(400)
		io.WriteString(w, `{"error":"invalid_grant","error_description":"`+r.PostFormValue("password")+` is wrong"}`)
	}))
	defer server.Close()
	d := newDesk(t, nil)
	_, err := d.send(t.Context(), "/get", "oauth2", d.grant("password", [2]string{"token_url", server.URL}, [2]string{"password", "s3cret-value"})...)
	if err == nil || strings.Contains(err.Error(), "s3cret") || !strings.Contains(err.Error(), "{secret password} is wrong") {
		t.Errorf("got %v", err)
	}
}

func TestTheListOfTokens(t *testing.T) {
	d := newDesk(t, nil)
	password, client := d.grant("password"), d.grant("client_credentials")
	x, _ := d.opens("/oauth2/resource", "oauth2", password...)
	d.opens("/oauth2/resource", "oauth2", client...)
	list, err := d.tokens.List()
	if err != nil || len(list) != 2 || list[0].Grant != "client_credentials" || list[1].Grant != "password" || list[1].Username != "ada" || !list[1].Refreshable {
		t.Fatalf("%+v, %v", list, err)
	}
	if shown := list[1].Access.String() + list[1].Refresh.String(); strings.ContainsFunc(shown, func(r rune) bool { return r != '•' }) {
		t.Errorf("a token prints as %s", shown)
	}
	fresh, err := d.tokens.Refresh(t.Context(), list[1].Key, d.session.Requester(x.Hops[0].Prepared, d))
	if err != nil || fresh.Access.Reveal() == list[1].Access.Reveal() || d.timesAsked("refresh_token") != 1 {
		t.Errorf("refreshing: %v, %d times", err, d.timesAsked("refresh_token"))
	}
	if err := d.tokens.Forget(list[0].Key); err != nil {
		t.Fatal(err)
	}
	if list, err = d.tokens.List(); err != nil || len(list) != 1 || list[0].Access.Reveal() != fresh.Access.Reveal() {
		t.Errorf("%+v, %v", list, err)
	}
	d.opens("/oauth2/resource", "oauth2", client...)
	if n := d.timesAsked("client_credentials"); n != 2 {
		t.Errorf("after it was forgotten, the token was asked for %d times", n)
	}
	if _, err := d.tokens.Refresh(t.Context(), "unknown", nil); !errors.Is(err, httpcore.KindAuth) {
		t.Errorf("an unknown token: %v", err)
	}
}

func TestOAuth2Values(t *testing.T) {
	d := newDesk(t, nil)
	cases := []struct {
		values [][2]string
		say    string
	}{
		{nil, "needs token_url"},
		{[][2]string{{"token_url", "http://h/"}}, "needs client_id for the grant client_credentials"},
		{[][2]string{{"token_url", "ftp//h"}, {"client_id", "c"}}, "cannot use token_url"},
		{[][2]string{{"token_url", "http://h/"}, {"client_id", "c"}, {"grant", "implicit"}}, `grant = "implicit"`},
		{d.grant("authorization_code", [2]string{"redirect", "http://example.com/"}), "cannot use redirect: \"example.com\" is not on this computer"},
		{d.grant("authorization_code", [2]string{"redirect", "https://127.0.0.1/"}), "does not begin with http://"},
		{d.grant("authorization_code", [2]string{"authorize_url", ""}), "needs authorize_url"},
		{d.grant("device_code", [2]string{"device_url", ""}), "needs device_url"},
		{d.grant("refresh_token"), "needs refresh_token"},
	}
	for _, c := range cases {
		if _, err := d.send(t.Context(), "/get", "oauth2", c.values...); !errors.Is(err, httpcore.KindAuth) || !strings.Contains(err.Error(), c.say) {
			t.Errorf("%v: got %v, want …%s…", c.values, err, c.say)
		}
	}
}

// Nothing is obtained to show a request; what it lacks is said.
func TestPrepareLeavesTheTokenOut(t *testing.T) {
	d := newDesk(t, nil)
	p, err := d.session.Prepare(t.Context(), &httpcore.Request{URL: d.server.URL, Auth: httpcore.Auth{Type: "oauth2", Values: fields(d.grant("client_credentials"))}})
	if err != nil || len(p.Incomplete) != 1 || !strings.Contains(p.Incomplete[0], "OAuth 2 access token") || len(d.asked) > 0 {
		t.Errorf("%q, %v, asked %q", p.Incomplete, err, d.asked)
	}
}

func (d *desk) revoke(t *testing.T, token string) {
	t.Helper()
	res, err := http.PostForm(d.server.URL+"/oauth2/revoke", url.Values{"token": {token}, "client_id": {"playground"}, "client_secret": {"secret"}})
	if err != nil || res.StatusCode != 200 {
		t.Fatal(res, err)
	}
	res.Body.Close()
	http.DefaultClient.CloseIdleConnections()
}

func (d *desk) visit(t *testing.T, page string) {
	res, err := http.Get(page)
	if err != nil || res.StatusCode != 200 {
		t.Fatal(res, err)
	}
	res.Body.Close()
	http.DefaultClient.CloseIdleConnections()
}

// value is that of a header of the last request.
func value(x *httpcore.Exchange, name string) string {
	for line := range strings.SplitSeq(string(x.Last().Sent.Head), "\r\n") {
		if v, found := strings.CutPrefix(line, name+": "); found {
			return v
		}
	}
	return ""
}
