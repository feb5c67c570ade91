package auth

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"

	"parley/httpcore"
)

// sigV4 is AWS Signature Version 4 (IAM User Guide, "Create a signed AWS API request"). It is our own, since the SDK's
// signer wants a net/http request, which loses the order and the spelling of what leaves here.
//
// The date is that of an X-Amz-Date header when the user gives one, which makes the signature the same every time. A query
// leaves with "%20" in the place of "+", unless the URL is to leave as typed: servers do not agree on what a signed "+"
// stands for.
type sigV4 struct{ source source }

func (sigV4) Type() string  { return "aws-sigv4" }
func (sigV4) Title() string { return "AWS Signature v4" }

func (sigV4) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "access_key", Label: "Access key", Help: "the access key ID, such as AKIA…", Required: true},
		{Name: "secret_key", Label: "Secret key", Help: "the secret access key", Required: true, Secret: true},
		{Name: "session_token", Label: "Session token", Help: "of temporary credentials; empty with long-term ones", Secret: true},
		{Name: "region", Label: "Region", Help: "where the service runs, such as eu-central-1; read from an amazonaws.com host when empty"},
		{Name: "service", Label: "Service", Help: "the service's code, such as s3 or execute-api; read from an amazonaws.com host when empty"},
		{Name: "in", Label: "In", Help: "where the signature goes; query makes a presigned URL", Choices: []string{"header", "query"}},
		{Name: "expires", Label: "Expires", Help: "for how many seconds a presigned URL is good; 3600 when empty"},
		{Name: "path", Label: "Path", Help: "how the path is signed: encoded once as it is, as S3 wants it, or normalized and encoded twice, as the others do", Choices: []string{"auto", "once", "twice"}},
		{Name: "sign_token", Label: "Sign token", Help: "whether the session token is part of what is signed; AWS IoT wants it left out", Choices: []string{"yes", "no"}},
	}
}

const (
	amzAlgorithm = "AWS4-HMAC-SHA256"
	amzDate      = "X-Amz-Date"
	amzSHA256    = "X-Amz-Content-Sha256"
	amzToken     = "X-Amz-Security-Token"
	amzTime      = "20060102T150405Z"

	unsignedPayload = "UNSIGNED-PAYLOAD"
	longestExpiry   = 7 * 24 * 3600
)

func (s sigV4) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := checkFilled(s, values); err != nil {
		return nil, err
	}
	if err := checkQuotable(s, values, "access_key", "session_token", "region", "service"); err != nil {
		return nil, err
	}
	a := sigV4Authorizer{scheme: s, inQuery: choice(s, values, "in") == "query", omitsToken: choice(s, values, "sign_token") == "no"}
	a.accessKey, _ = values.Get("access_key")
	a.secretKey, _ = values.Get("secret_key")
	a.token, _ = values.Get("session_token")
	a.region, _ = values.Get("region")
	a.service, _ = values.Get("service")
	a.expires, _ = values.Get("expires")
	if a.expires == "" {
		a.expires = "3600"
	}
	if seconds, err := strconv.Atoi(a.expires); err != nil || seconds < 1 || seconds > longestExpiry {
		return nil, authError(s, "cannot use expires = \""+a.expires+"\"", "it is a number of seconds, from 1 to 604800 (a week)")
	}
	switch choice(s, values, "path") {
	case "once":
		a.canonicalPath = canonicalS3Path
	case "twice":
		a.canonicalPath = canonicalPath
	}
	return a, nil
}

type sigV4Authorizer struct {
	scheme                                       sigV4
	accessKey, secretKey, token, region, service string
	inQuery, omitsToken                          bool
	expires                                      string
	// canonicalPath is nil where the service decides.
	canonicalPath func(path string) string
}

func (a sigV4Authorizer) Authorize(ctx context.Context, p *httpcore.Prepared) error {
	a, err := a.located(p)
	if err != nil {
		return err
	}
	date, err := a.date(p)
	if err != nil {
		return err
	}
	payload, err := a.payload(ctx, p)
	if err != nil {
		return err
	}
	query := without(p.URL.Query, isPresigned)
	if !p.Options.RawPath {
		query = strings.ReplaceAll(query, "+", "%20")
	}
	setQuery(p, query)
	if a.inQuery {
		a.presign(p, date, payload)
		return nil
	}
	p.SetHeader(httpcore.SourceAuth, amzDate, date)
	if a.token != "" && !a.omitsToken {
		p.SetHeader(httpcore.SourceAuth, amzToken, a.token)
	}
	if a.isS3() || a.service == "glacier" {
		p.SetHeader(httpcore.SourceAuth, amzSHA256, payload)
	}
	headers := signedHeaders(p)
	if a.token != "" {
		p.SetHeader(httpcore.SourceAuth, amzToken, a.token)
	}
	p.SetHeader(httpcore.SourceAuth, "Authorization", amzAlgorithm+" Credential="+a.accessKey+"/"+a.scope(date)+
		", SignedHeaders="+headers.names()+", Signature="+a.signature(p, date, headers, payload))
	return nil
}

// presign puts everything into the query, in the order in which AWS shows it.
func (a sigV4Authorizer) presign(p *httpcore.Prepared, date, payload string) {
	p.DelHeader(amzDate) // it has moved into the query
	headers := signedHeaders(p)
	params := []httpcore.Field{
		{Name: "X-Amz-Algorithm", Value: amzAlgorithm},
		{Name: "X-Amz-Credential", Value: a.accessKey + "/" + a.scope(date)},
		{Name: amzDate, Value: date},
		{Name: "X-Amz-SignedHeaders", Value: headers.names()},
		{Name: "X-Amz-Expires", Value: a.expires},
	}
	if a.token != "" && !a.omitsToken {
		params = append(params, httpcore.Field{Name: amzToken, Value: a.token})
	}
	for _, param := range params {
		p.SetParam(param.Name, param.Value)
	}
	p.SetParam("X-Amz-Signature", a.signature(p, date, headers, payload))
	if a.token != "" && a.omitsToken {
		p.SetParam(amzToken, a.token)
	}
}

// isPresigned reports whether a query parameter is one that presign adds: a redirect may lead to a URL with the old ones.
func isPresigned(name string) bool {
	switch name {
	case "X-Amz-Algorithm", "X-Amz-Credential", amzDate, "X-Amz-SignedHeaders", "X-Amz-Expires", amzToken, "X-Amz-Signature":
		return true
	default:
		return false
	}
}

// date returns the time of the signature. The user's own is looked for in the request as it was meant, since a presigned
// one loses the header.
func (a sigV4Authorizer) date(p *httpcore.Prepared) (string, error) {
	given, found := p.Request.Headers.Get(amzDate)
	if !found {
		return a.scheme.source.now().UTC().Format(amzTime), nil
	}
	if _, err := time.Parse(amzTime, given); err != nil {
		return "", authError(a.scheme, "cannot read the header "+amzDate+": "+given, "it is a time in UTC, such as 20150830T123600Z")
	}
	return given, nil
}

// payload returns what stands for the body in the signature: the user's own X-Amz-Content-Sha256 or the hash of the body.
// S3 lets the hash out where it would cost reading a stream twice, and in presigned URLs always does.
func (a sigV4Authorizer) payload(ctx context.Context, p *httpcore.Prepared) (string, error) {
	if own, found := p.Request.Headers.Get(amzSHA256); found {
		return own, nil
	}
	if a.isS3() && (a.inQuery || p.Body != nil && p.Body.Size() < 0) {
		return unsignedPayload, nil
	}
	h := sha256.New()
	err := readBody(ctx, h, p)
	return hex.EncodeToString(h.Sum(nil)), err
}

func (a sigV4Authorizer) scope(date string) string {
	return date[:8] + "/" + a.region + "/" + a.service + "/aws4_request"
}

func (a sigV4Authorizer) signature(p *httpcore.Prepared, date string, headers amzHeaders, payload string) string {
	request := sha256.Sum256([]byte(a.canonicalRequest(p, headers, payload)))
	toSign := strings.Join([]string{amzAlgorithm, date, a.scope(date), hex.EncodeToString(request[:])}, "\n")
	key := []byte("AWS4" + a.secretKey)
	for _, part := range []string{date[:8], a.region, a.service, "aws4_request"} {
		key = hmacSHA256(key, part)
	}
	return hex.EncodeToString(hmacSHA256(key, toSign))
}

func hmacSHA256(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}
