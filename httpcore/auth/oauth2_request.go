package auth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
)

// longestReply bounds what is read of an authorization server's answer.
const longestReply = 1 << 20

// tokenReply is what a token endpoint gives (RFC 6749 section 5.1).
type tokenReply struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Type    string `json:"token_type"`
	Scope   words
	Life    seconds `json:"expires_in"`
}

// seconds is a duration as servers tell it: a number, and with some a string. What cannot be read is 0.
type seconds time.Duration

// maxSeconds bounds what a server tells, far beyond the life of any token.
const maxSeconds = 100 * 365 * 24 * 3600

func (s *seconds) UnmarshalJSON(data []byte) error {
	number, err := strconv.ParseFloat(strings.Trim(string(data), `" `), 64)
	if err == nil && number > 0 {
		*s = seconds(min(number, maxSeconds) * float64(time.Second))
	}
	return nil
}

// words is a text of words, which some servers tell as a list.
type words string

func (w *words) UnmarshalJSON(data []byte) error {
	var list []string
	if json.Unmarshal(data, &list) == nil {
		*w = words(strings.Join(list, " "))
		return nil
	}
	return json.Unmarshal(data, (*string)(w))
}

// word is the token's type as Authorization has it: servers write "bearer", or nothing.
func (r *tokenReply) word() string {
	if r.Type == "" || strings.EqualFold(r.Type, "Bearer") || !httpcore.IsToken(r.Type) {
		return "Bearer"
	}
	return r.Type
}

// refusal is an error that an authorization server tells (RFC 6749 section 5.2).
type refusal struct {
	Code        string `json:"error"`
	Description string `json:"error_description"`
	Page        string `json:"error_uri"`
}

func (r *refusal) Error() string {
	said := clip(r.Code)
	if r.Description != "" {
		said += " (" + clip(strings.TrimSuffix(r.Description, ".")) + ")"
	}
	if r.Page != "" {
		said += ", see " + clip(r.Page)
	}
	return said
}

// longestSaying is how much of what a server says is told; it may be meant for a person, or for nobody.
const longestSaying = 500

func clip(said string) string {
	if len(said) <= longestSaying {
		return said
	}
	return strings.ToValidUTF8(said[:longestSaying], "") + "…"
}

func isInvalidGrant(err error) bool {
	refused, ok := errors.AsType[*refusal](err)
	return ok && refused.Code == "invalid_grant"
}

// askToken asks the token endpoint.
func (a *oauth2Authorizer) askToken(ctx context.Context, via httpcore.Requester, form httpcore.Fields) (*tokenReply, error) {
	var reply tokenReply
	if err := a.post(ctx, via, a.value("token_url"), form, &reply); err != nil {
		return nil, err
	}
	if reply.Access == "" || strings.ContainsFunc(reply.Access, func(r rune) bool { return isControl(r) || r == ' ' }) {
		return nil, authError(a.oauth2, "got no access token from "+shown(a.value("token_url")), "is that the token endpoint?")
	}
	return &reply, nil
}

// post sends a form with the client's credentials, and reads the answer into reply. What the server refuses is an
// *httpcore.Error that wraps a *refusal.
func (a *oauth2Authorizer) post(ctx context.Context, via httpcore.Requester, endpoint string, form httpcore.Fields, reply any) error {
	r := &httpcore.Request{Method: "POST", URL: endpoint, Headers: httpcore.Fields{{Name: "Accept", Value: "application/json"}}}
	a.identify(r, &form)
	pairs := make([]body.Pair, len(form))
	for i, field := range form {
		pairs[i] = body.Pair{Name: field.Name, Value: field.Value}
		if isSecretParam(field.Name) {
			r.Secrets = append(r.Secrets, httpcore.NewSecret(field.Name, field.Value))
		}
	}
	r.Body = body.Form(pairs)
	r.Options.Decode.MaxSize = longestReply
	x, err := via.Send(ctx, r)
	if x != nil {
		defer x.Close()
	}
	if errors.Is(err, httpcore.KindTooLarge) {
		return authError(a.oauth2, fmt.Sprintf("got an answer of more than %d MiB from %s", longestReply>>20, shown(endpoint)), "is that the right endpoint?")
	}
	if err != nil {
		return err
	}
	text, err := io.ReadAll(x.Response().Body.Reader(ctx))
	if err != nil {
		return err
	}
	return a.read(x.Response(), shown(endpoint), text, reply, httpcore.NewMasker(r.Secrets, httpcore.Mark))
}

// shown is the URL of an endpoint as it may be told: without credentials.
func shown(endpoint string) string {
	u, err := httpcore.ParseURL(endpoint)
	if err != nil {
		return endpoint // which Authorizer refuses
	}
	return u.Redacted()
}

func isSecretParam(name string) bool {
	switch name {
	case "client_secret", "password", "refresh_token", "code", "code_verifier", "device_code":
		return true
	default:
		return false
	}
}

// identify puts the client's ID and secret where the server wants them. A public client has only an ID, in the body.
func (a *oauth2Authorizer) identify(r *httpcore.Request, form *httpcore.Fields) {
	id, secret := a.value("client_id"), a.value("client_secret")
	switch {
	case secret != "" && !a.inBody:
		credentials := url.QueryEscape(id) + ":" + url.QueryEscape(secret) // RFC 6749 section 2.3.1
		r.Headers.Add("Authorization", "Basic "+base64.StdEncoding.EncodeToString([]byte(credentials)))
		r.Secrets = append(r.Secrets, httpcore.NewSecret("client_secret", secret), httpcore.NewSecret("client_secret", url.QueryEscape(secret)))
	case secret != "":
		form.Add("client_id", id)
		form.Add("client_secret", secret)
	case id != "":
		form.Add("client_id", id)
	}
}

// read takes JSON or, as some servers send it, a form. What the server repeats of what it was sent is masked.
func (a *oauth2Authorizer) read(r *httpcore.Response, endpoint string, text []byte, reply any, masker *httpcore.Masker) error {
	if values, err := url.ParseQuery(string(text)); err == nil && (values.Has("access_token") || values.Has("error")) {
		flat := map[string]string{}
		for name := range values {
			flat[name] = values.Get(name)
		}
		if text, err = json.Marshal(flat); err != nil {
			return err
		}
	}
	refused := &refusal{}
	err := json.Unmarshal(text, refused)
	switch {
	case err == nil && refused.Code != "":
		refused.Description, refused.Page = masker.String(refused.Description), masker.String(refused.Page)
		return &httpcore.Error{
			Kind: httpcore.KindAuth, Message: "OAuth 2.0 auth is refused by " + endpoint + ": " + refused.Error(), Advice: refusalAdvice(refused.Code), Err: refused,
		}
	case r.Status >= 300:
		return authError(a.oauth2, fmt.Sprintf("got %d %s from %s", r.Status, r.Reason, endpoint), "is that the right endpoint, and does it know the client?")
	}
	if err := json.Unmarshal(text, reply); err != nil {
		return authError(a.oauth2, "cannot read the answer of "+endpoint+": it is no JSON", "is that the right endpoint?")
	}
	return nil
}

func refusalAdvice(code string) string {
	switch code {
	case "invalid_client", "unauthorized_client":
		return "check client_id and client_secret; some servers want client_auth = \"body\""
	case "invalid_grant":
		return "the user name and password, the code or the refresh token is wrong or has expired"
	case "invalid_scope":
		return "check scope"
	case "unsupported_grant_type":
		return "the server does not know this grant"
	default:
		return ""
	}
}

func canceled(ctx context.Context) error {
	return &httpcore.Error{Kind: httpcore.KindCanceled, Message: "canceled", Err: context.Cause(ctx)}
}
