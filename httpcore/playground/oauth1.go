package playground

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"hash"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// The consumer and the token that /oauth1 knows, with their secrets.
const (
	oauth1Consumer       = "ada"
	oauth1ConsumerSecret = "engine"
	oauth1Token          = "grace"
	oauth1TokenSecret    = "hopper"
)

// oauth1 checks a signature of OAuth 1.0 (RFC 5849) with a shared secret, wherever its parameters stand.
func oauth1(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil { // the query and, of a form, the body
		problem(w, http.StatusBadRequest, "the form cannot be read: "+err.Error())
		return
	}
	params, in := oauth1Params(r)
	get := func(name string) string { return params.Get("oauth_" + name) }
	want := oauth1Signature(r, params)
	switch {
	case get("signature") == "":
		refuseOAuth1(w, "sign with OAuth 1.0: the consumer is "+oauth1Consumer+", "+oauth1ConsumerSecret+", the token is "+oauth1Token+", "+oauth1TokenSecret)
	case get("consumer_key") != oauth1Consumer, get("token") != oauth1Token:
		refuseOAuth1(w, "the consumer is "+oauth1Consumer+", and the token is "+oauth1Token)
	case want == "":
		refuseOAuth1(w, "the methods are HMAC-SHA1, HMAC-SHA256 and PLAINTEXT")
	case !hmac.Equal([]byte(get("signature")), []byte(want)):
		refuseOAuth1(w, "the signature is another one: are the secrets right?")
	default:
		answer(w, http.StatusOK, struct {
			Authenticated bool   `json:"authenticated"`
			Consumer      string `json:"consumer"`
			Token         string `json:"token"`
			Method        string `json:"signature_method"`
			In            string `json:"in"`
		}{true, oauth1Consumer, oauth1Token, get("signature_method"), in})
	}
}

func refuseOAuth1(w http.ResponseWriter, detail string) {
	w.Header().Set("WWW-Authenticate", `OAuth realm="playground"`)
	problem(w, http.StatusUnauthorized, detail)
}

// oauth1Params are all that a signature is over (RFC 5849 section 3.4.1.3.1), and where the protocol's own stand.
func oauth1Params(r *http.Request) (params url.Values, in string) {
	params = url.Values{}
	for name, values := range r.Form {
		params[name] = values
	}
	header, found := strings.CutPrefix(r.Header.Get("Authorization"), "OAuth ")
	for pair := range strings.SplitSeq(header, ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(pair), "=")
		if found && name != "realm" {
			text, _ := url.PathUnescape(strings.Trim(value, `"`))
			params.Add(name, text)
		}
	}
	switch {
	case found:
		return params, "header"
	case r.URL.Query().Has("oauth_signature"):
		return params, "query"
	default:
		return params, "body"
	}
}

// oauth1Signature is what the signature has to be, "" for a method that is not known.
func oauth1Signature(r *http.Request, params url.Values) string {
	var pairs []string
	for name, values := range params {
		for _, value := range values {
			if name != "oauth_signature" {
				pairs = append(pairs, escape5849(name)+"="+escape5849(value))
			}
		}
	}
	slices.Sort(pairs)
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	base := r.Method + "&" + escape5849(scheme+"://"+strings.ToLower(r.Host)+r.URL.EscapedPath()) + "&" + escape5849(strings.Join(pairs, "&"))
	key := escape5849(oauth1ConsumerSecret) + "&" + escape5849(oauth1TokenSecret)
	newHash := map[string]func() hash.Hash{"HMAC-SHA1": sha1.New, "HMAC-SHA256": sha256.New}[params.Get("oauth_signature_method")]
	switch {
	case params.Get("oauth_signature_method") == "PLAINTEXT":
		return key
	case newHash == nil:
		return ""
	}
	mac := hmac.New(newHash, []byte(key))
	io.WriteString(mac, base)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// escape5849 leaves only unreserved characters as they are (RFC 5849 section 3.6).
func escape5849(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
