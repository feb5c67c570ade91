package playground

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// tokenAnswer is what /oauth2/token says, well or ill.
type tokenAnswer struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Expires int    `json:"expires_in"`
	Error   string
}

func askToken(t *testing.T, s *Server, query string, pairs ...string) tokenAnswer {
	t.Helper()
	form := url.Values{"client_id": {"playground"}, "client_secret": {"secret"}}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	_, body := call(t, "POST", s.URL+"/oauth2/token"+query, form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
	var a tokenAnswer
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatal(err)
	}
	return a
}

func opens(t *testing.T, s *Server, token string) bool {
	t.Helper()
	res, _ := call(t, "GET", s.URL+"/oauth2/resource", "", "Authorization", "Bearer "+token)
	return res.StatusCode == 200
}

func TestRefreshTokensAreGoodOnce(t *testing.T) {
	s := start(t)
	first := askToken(t, s, "?expires=60", "grant_type", "password", "username", "ada", "password", "engine")
	if first.Expires != 60 || !opens(t, s, first.Access) {
		t.Fatalf("got %+v", first)
	}
	second := askToken(t, s, "", "grant_type", "refresh_token", "refresh_token", first.Refresh)
	if second.Refresh == "" || second.Refresh == first.Refresh || !opens(t, s, second.Access) {
		t.Errorf("refreshed: %+v", second)
	}
	if stolen := askToken(t, s, "", "grant_type", "refresh_token", "refresh_token", first.Refresh); stolen.Error != "invalid_grant" || opens(t, s, second.Access) {
		t.Errorf("a second use gives %+v, and the tokens of the first still open", stolen)
	}
}

func TestRevocation(t *testing.T) {
	s := start(t)
	given := askToken(t, s, "", "grant_type", "password", "username", "ada", "password", "engine")
	form := url.Values{"client_id": {"playground"}, "client_secret": {"secret"}, "token": {given.Refresh}}
	if res, _ := call(t, "POST", s.URL+"/oauth2/revoke", form.Encode(), "Content-Type", "application/x-www-form-urlencoded"); res.StatusCode != 200 {
		t.Errorf("it answers %s", res.Status)
	}
	if opens(t, s, given.Access) {
		t.Error("the access token of a revoked refresh token opens")
	}
}

func TestRefusals(t *testing.T) {
	s := start(t)
	cases := []struct {
		name  string
		pairs []string
		want  string
	}{
		{"wrong secret", []string{"client_secret", "x"}, "invalid_client"},
		{"a public client's own", []string{"client_id", "public", "client_secret", "", "grant_type", "client_credentials"}, "unauthorized_client"},
		{"wrong password", []string{"grant_type", "password", "username", "ada", "password", "x"}, "invalid_grant"},
		{"unknown code", []string{"grant_type", "authorization_code", "code", "x"}, "invalid_grant"},
		{"unknown device", []string{"grant_type", deviceGrant, "device_code", "x"}, "invalid_grant"},
		{"unknown grant", []string{"grant_type", "implicit"}, "unsupported_grant_type"},
	}
	for _, c := range cases {
		if got := askToken(t, s, "", c.pairs...); got.Error != c.want {
			t.Errorf("%s: %q, want %q", c.name, got.Error, c.want)
		}
	}
}

// A code is worth nothing to who cannot tell the verifier (RFC 7636 appendix B), has another redirect, or comes second.
func TestCodesNeedTheirVerifier(t *testing.T) {
	const verifier, challenge = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
	const redirect = "http://127.0.0.1:1/back"
	s := start(t)
	code := func() string {
		query := url.Values{"response_type": {"code"}, "client_id": {"playground"}, "redirect_uri": {redirect}, "state": {"s"}, "approve": {"1"}, "code_challenge": {challenge}, "code_challenge_method": {"S256"}}
		to := comesBackTo(t, s, query)
		if to.Query().Get("state") != "s" {
			t.Errorf("it leads to %s", to)
		}
		return to.Query().Get("code")
	}
	redeem := func(code, redirect, verifier string) string {
		return askToken(t, s, "", "grant_type", "authorization_code", "code", code, "redirect_uri", redirect, "code_verifier", verifier).Error
	}
	once := code()
	for _, c := range []struct{ name, got, want string }{
		{"no verifier", redeem(code(), redirect, ""), "invalid_grant"},
		{"another verifier", redeem(code(), redirect, "x"), "invalid_grant"},
		{"another redirect", redeem(code(), redirect+"/", verifier), "invalid_grant"},
		{"right", redeem(once, redirect, verifier), ""},
		{"a second time", redeem(once, redirect, verifier), "invalid_grant"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
}

func TestSignInsThatAreRefused(t *testing.T) {
	s := start(t)
	good := url.Values{"response_type": {"code"}, "client_id": {"public"}, "redirect_uri": {"http://localhost:1/"}, "code_challenge": {"c"}, "code_challenge_method": {"S256"}}
	for name, value := range map[string]string{"redirect_uri": "http://example.com/", "client_id": "x"} {
		query := cloned(good)
		query.Set(name, value)
		if res, _ := call(t, "GET", s.URL+"/oauth2/authorize?"+query.Encode(), ""); res.StatusCode != 400 {
			t.Errorf("%s=%s answers %s", name, value, res.Status)
		}
	}
	for name, value := range map[string]string{"response_type": "token", "code_challenge": "", "code_challenge_method": "plain", "approve": "0"} {
		query := cloned(good)
		query.Set(name, value)
		if to := comesBackTo(t, s, query); to.Query().Get("error") == "" || to.Query().Has("code") {
			t.Errorf("%s=%s leads to %s", name, value, to)
		}
	}
	if _, body := call(t, "GET", s.URL+"/oauth2/authorize?"+good.Encode()+"&x=%22%3E%3Cscript%3E", ""); !strings.Contains(body, "approve=1") || strings.Contains(body, "<script>") {
		t.Errorf("the page is %s", body)
	}
}

func cloned(values url.Values) url.Values {
	c := url.Values{}
	for name, list := range values {
		c[name] = list
	}
	return c
}

// comesBackTo is where the sign-in page sends the browser.
func comesBackTo(t *testing.T, s *Server, query url.Values) *url.URL {
	t.Helper()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Get(s.URL + "/oauth2/authorize?" + query.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	to, err := res.Location()
	if err != nil {
		t.Fatal(res.Status, err)
	}
	return to
}

func TestDevicesWaitForAPerson(t *testing.T) {
	s := start(t)
	pair := func() (device, user string) {
		form := url.Values{"client_id": {"public"}, "scope": {"read"}}
		_, body := call(t, "POST", s.URL+"/oauth2/device", form.Encode(), "Content-Type", "application/x-www-form-urlencoded")
		var given struct {
			Device string `json:"device_code"`
			User   string `json:"user_code"`
		}
		if err := json.Unmarshal([]byte(body), &given); err != nil {
			t.Fatal(err)
		}
		return given.Device, given.User
	}
	poll := func(device string) tokenAnswer {
		return askToken(t, s, "", "client_id", "public", "client_secret", "", "grant_type", deviceGrant, "device_code", device)
	}
	allowed, code := pair()
	if got := poll(allowed); got.Error != "authorization_pending" {
		t.Errorf("before: %+v", got)
	}
	call(t, "GET", s.URL+"/oauth2/device?approve=1&user_code="+strings.ToLower(code), "")
	if got := poll(allowed); !opens(t, s, got.Access) {
		t.Errorf("after: %+v", got)
	}
	denied, code := pair()
	call(t, "GET", s.URL+"/oauth2/device?approve=0&user_code="+code, "")
	if got := poll(denied); got.Error != "access_denied" {
		t.Errorf("denied: %+v", got)
	}
	if res, _ := call(t, "GET", s.URL+"/oauth2/device?user_code=ABCD-EFGH", ""); res.StatusCode != 404 {
		t.Errorf("an unknown code answers %s", res.Status)
	}
}
