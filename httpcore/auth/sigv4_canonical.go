package auth

import (
	"net/url"
	"path"
	"slices"
	"strings"

	"parley/httpcore"
)

// canonicalRequest is the form of the request that both sides hash.
func (a sigV4Authorizer) canonicalRequest(p *httpcore.Prepared, headers amzHeaders, payload string) string {
	return strings.Join([]string{
		p.Method, a.canonicalPath(p.URL.Path), canonical(pairs(p.URL.Query)), headers.lines(), headers.names(), payload,
	}, "\n")
}

// canonicalPath is the rule of every service but S3: without dot segments and doubled slashes, and encoded once more than
// it is sent.
func canonicalPath(sent string) string {
	clean := path.Clean(sent)
	if strings.HasSuffix(sent, "/") && clean != "/" {
		clean += "/"
	}
	return encodePath(clean)
}

// canonicalS3Path is S3's rule: keys may hold dots and slashes, and are encoded exactly once.
func canonicalS3Path(sent string) string {
	if decoded, err := url.PathUnescape(sent); err == nil {
		return encodePath(decoded)
	}
	return encodePath(sent)
}

func encodePath(path string) string { return strings.ReplaceAll(encode(path), "%2F", "/") }

// amzHeaders are the headers that a signature covers, with names in lower case, sorted, and one of a name.
type amzHeaders []httpcore.Field

// signedHeaders picks the headers that belong to the request's meaning: Host, what describes the content, what the user
// wrote, and all of AWS's own. Those that proxies change would break the signature on the way, and those that only tell
// what the client likes would tie a presigned URL to it.
func signedHeaders(p *httpcore.Prepared) amzHeaders {
	var headers amzHeaders
	for _, h := range p.Headers {
		name := strings.ToLower(h.Name)
		if !isSigned(h, name, p.Body != nil) {
			continue
		}
		value := strings.Join(strings.Fields(h.Value), " ")
		if at := slices.IndexFunc(headers, func(f httpcore.Field) bool { return f.Name == name }); at >= 0 {
			headers[at].Value += "," + value
		} else {
			headers = append(headers, httpcore.Field{Name: name, Value: value})
		}
	}
	slices.SortFunc(headers, func(a, b httpcore.Field) int { return strings.Compare(a.Name, b.Name) })
	return headers
}

func isSigned(h httpcore.Header, name string, hasBody bool) bool {
	switch name {
	case "host":
		return true
	case "authorization", "proxy-authorization", "connection", "expect", "keep-alive", "te", "trailer",
		"transfer-encoding", "upgrade", "user-agent", "accept", "accept-encoding", "accept-language", "x-amzn-trace-id":
		return false
	case "content-length":
		return hasBody
	}
	return h.Source == httpcore.SourceRequest || h.Source == httpcore.SourceBody || strings.HasPrefix(name, "x-amz-")
}

func (h amzHeaders) names() string {
	names := make([]string, len(h))
	for i, field := range h {
		names[i] = field.Name
	}
	return strings.Join(names, ";")
}

func (h amzHeaders) lines() string {
	var b strings.Builder
	for _, field := range h {
		b.WriteString(field.Name + ":" + field.Value + "\n")
	}
	return b.String()
}
