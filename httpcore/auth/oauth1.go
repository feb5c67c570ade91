package auth

import (
	"context"
	"crypto"
	"crypto/rsa"
	"strings"

	"parley/httpcore"
)

// oauth1 is RFC 5849, with HMAC-SHA256 and RSA-SHA256 as later servers have added them.
type oauth1 struct{ source source }

func (oauth1) Type() string  { return "oauth1" }
func (oauth1) Title() string { return "OAuth 1.0" }

func (oauth1) Fields() []httpcore.SchemeField {
	return append([]httpcore.SchemeField{
		{Name: "consumer_key", Label: "Consumer key", Help: "the name that the server knows this client by", Required: true},
		{Name: "consumer_secret", Label: "Consumer secret", Help: "the secret of this client; RSA signatures do without", Secret: true},
		{Name: "token", Label: "Token", Help: "the access token, or the request token while asking for one", Secret: true},
		{Name: "token_secret", Label: "Token secret", Help: "the secret that came with the token", Secret: true},
		{Name: "signature", Label: "Signature", Help: "how to sign", Choices: []string{hmacSHA1, hmacSHA256Name, rsaSHA1, rsaSHA256, plaintext}},
		{Name: "in", Label: "In", Help: "where the signature goes; body is for forms, and a GET without one is signed in the header", Choices: []string{"header", "query", "body"}},
		{Name: "realm", Label: "Realm", Help: "a realm to name in the header; it is not signed"},
		{Name: "callback", Label: "Callback", Help: "where the user is sent after signing in (oauth_callback), or oob"},
		{Name: "verifier", Label: "Verifier", Help: "the code that came back with the user (oauth_verifier)"},
		{Name: "private_key", Label: "Private key", Help: "for RSA signatures: the key in PEM", Secret: true},
	}, stampFields()...)
}

func (s oauth1) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := checkFilled(s, values); err != nil {
		return nil, err
	}
	if err := checkQuotable(s, values, "realm"); err != nil {
		return nil, err
	}
	if err := checkTimestamp(s, values); err != nil {
		return nil, err
	}
	a := oauth1Authorizer{scheme: s, values: values, method: choice(s, values, "signature"), in: choice(s, values, "in")}
	if !strings.HasPrefix(a.method, "RSA-") {
		return a, nil
	}
	text, _ := values.Get("private_key")
	if text == "" {
		return nil, authError(s, "needs private_key for "+a.method, "give the RSA key in PEM, such as {{file(\"key.pem\")}}")
	}
	key, err := parsePrivateKey(text)
	if err != nil {
		return nil, authError(s, "cannot use private_key: "+err.Error(), "it is a PEM text that begins with -----BEGIN")
	}
	rsaKey, ok := key.(*rsa.PrivateKey)
	if !ok {
		return nil, authError(s, "needs an RSA key, and private_key is of another kind", "")
	}
	a.key = rsaKey
	return a, nil
}

type oauth1Authorizer struct {
	scheme oauth1
	values httpcore.Fields
	method string
	in     string
	// key is for the RSA methods only.
	key crypto.Signer
}

func (a oauth1Authorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	place := a.place(p)
	setQuery(p, without(p.URL.Query, isOAuthSigned(place == "query")))
	form, err := a.form(ctx, p, place == "body")
	if err != nil {
		return err
	}
	protocol := a.protocol()
	signed := append(pairs(p.URL.Query), pairs(form)...)
	signature, err := a.sign(baseString(p, append(signed, protocol...)))
	if err != nil {
		return err
	}
	protocol.Add("oauth_signature", signature)
	switch place {
	case "query":
		for _, param := range protocol {
			p.SetParam(param.Name, param.Value)
		}
		return nil
	case "body":
		setForm(p, form, protocol)
		return nil
	default:
		return a.header(protocol).Authorize(ctx, p)
	}
}

// place returns where the signature goes. What a redirect has made a GET has no body to put it into.
func (a oauth1Authorizer) place(p *httpcore.Prepared) string {
	if a.in == "body" && p.Body == nil && (p.Method == "GET" || p.Method == "HEAD") {
		return "header"
	}
	return a.in
}

// isOAuthSigned returns what to take out of a query first: a redirect may lead to one that has the parameters of the hop
// before.
func isOAuthSigned(inQuery bool) func(name string) bool {
	return func(name string) bool {
		switch name {
		case "oauth_signature":
			return true
		case "oauth_consumer_key", "oauth_token", "oauth_signature_method", "oauth_timestamp", "oauth_nonce", "oauth_callback", "oauth_verifier":
			return inQuery
		default:
			return false
		}
	}
}

// protocol returns the oauth_ parameters (RFC 5849 section 3.1) but for the signature. PLAINTEXT has no use for nonce and
// timestamp, and carries only those that are given.
func (a oauth1Authorizer) protocol() httpcore.Fields {
	at := a.scheme.source.stamp(a.values)
	if a.method == plaintext {
		at.nonce, _ = a.values.Get("nonce")
		at.timestamp, _ = a.values.Get("timestamp")
	}
	var params httpcore.Fields
	add := func(name, value string) {
		if value != "" {
			params.Add("oauth_"+name, value)
		}
	}
	given := func(name string) {
		value, _ := a.values.Get(name)
		add(name, value)
	}
	given("consumer_key")
	given("token")
	add("signature_method", a.method)
	add("timestamp", at.timestamp)
	add("nonce", at.nonce)
	given("callback")
	given("verifier")
	return params
}

// header returns the Authorization header of RFC 5849 section 3.5.1.
func (a oauth1Authorizer) header(protocol httpcore.Fields) header {
	var params []string
	if realm, _ := a.values.Get("realm"); realm != "" {
		params = append(params, `realm="`+realm+`"`)
	}
	for _, param := range protocol {
		params = append(params, encode(param.Name)+`="`+encode(param.Value)+`"`)
	}
	return header("OAuth " + strings.Join(params, ", "))
}
