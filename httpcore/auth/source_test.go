package auth

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"parley/httpcore"
	"parley/httpcore/body"
)

// What nobody fixes comes from the clock and from chance, and is taken anew for every request.
func TestOpenValuesComeFromTheSource(t *testing.T) {
	zero, one := strings.Repeat("A", 26), strings.Repeat("AEAQCAIB", 3)+"AE"
	clock := func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.FixedZone("", 3600)) }
	cases := []struct {
		scheme string
		values [][2]string
		first  string
		second string
	}{
		{"oauth1", [][2]string{{"consumer_key", "k"}}, `oauth_timestamp="1767319445", oauth_nonce="` + zero + `"`, `oauth_nonce="` + one + `"`},
		{"hawk", [][2]string{{"id", "i"}, {"key", "k"}}, `ts="1767319445", nonce="` + zero + `"`, `nonce="` + one + `"`},
		{"aws-sigv4", awsKeys("iam"), "/20260102/us-east-1/iam/", "/20260102/us-east-1/iam/"},
	}
	for _, c := range cases {
		e := Environment{Now: clock, Rand: new(counting)}
		for _, want := range []string{c.first, c.second} {
			p := prepared(t, e, &httpcore.Request{URL: "http://h/", Auth: httpcore.Auth{Type: c.scheme, Values: list(c.values)}})
			if got, _ := p.Header("Authorization"); !strings.Contains(got, want) {
				t.Errorf("%s: %s, want …%s…", c.scheme, got, want)
			}
		}
	}
}

// counting fills what is read at once with the number of the reading.
type counting byte

func (c *counting) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = byte(*c)
	}
	*c++
	return len(p), nil
}

func TestSigV4Payload(t *testing.T) {
	const empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	const hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
	cases := []struct {
		name, service, want string
		body                body.Payload
		headers             [][2]string
	}{
		{name: "none", service: "s3", want: empty},
		{name: "known size", service: "s3", body: body.Text("hello", ""), want: hello},
		{name: "a stream to S3", service: "s3", body: stream("hello"), want: unsignedPayload},
		{name: "a stream to glacier", service: "glacier", body: stream("hello"), want: hello},
		{name: "the user's own", service: "s3", headers: [][2]string{{amzSHA256, "own"}}, want: "own"},
		{name: "not needed", service: "iam", body: body.Text("hello", ""), want: ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := prepared(t, Environment{}, &httpcore.Request{
				Method: "PUT", URL: "https://h/", Headers: list(c.headers), Body: c.body,
				Auth: httpcore.Auth{Type: "aws-sigv4", Values: list(awsKeys(c.service))},
			})
			if got, _ := p.Header(amzSHA256); got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// A service reads a "+" as a space or as itself; "%20" has one meaning.
func TestSigV4SpellsSpaces(t *testing.T) {
	for raw, want := range map[bool]string{false: "/?q=a%20b&r=c%2Bd", true: "/?q=a+b&r=c%2Bd"} {
		r := &httpcore.Request{URL: "https://h/?q=a+b&r=c%2Bd", Auth: httpcore.Auth{Type: "aws-sigv4", Values: list(awsKeys("iam"))}}
		r.Options.RawPath = raw
		if p := prepared(t, Environment{}, r); p.Target != want {
			t.Errorf("as-is %v: %s, want %s", raw, p.Target, want)
		}
	}
}

func TestSigV4Paths(t *testing.T) {
	cases := []struct{ sent, s3, others string }{
		{"/", "/", "/"},
		{"/a%20b/", "/a%20b/", "/a%2520b/"},
		{"//a/./b//../", "//a/./b//../", "/a/"},
		{"/a+b~c$%2F", "/a%2Bb~c%24/", "/a%2Bb~c%24%252F"},
		{"/100%", "/100%25", "/100%25"},
	}
	for _, c := range cases {
		if got := canonicalS3Path(c.sent); got != c.s3 {
			t.Errorf("S3: %s becomes %s, want %s", c.sent, got, c.s3)
		}
		if got := canonicalPath(c.sent); got != c.others {
			t.Errorf("%s becomes %s, want %s", c.sent, got, c.others)
		}
	}
}

func TestSigV4Locate(t *testing.T) {
	cases := []struct{ host, service, region string }{
		{"sqs.eu-west-1.amazonaws.com", "sqs", "eu-west-1"},
		{"bucket.s3.us-gov-west-1.amazonaws.com", "s3", "us-gov-west-1"},
		{"ec2.cn-north-1.amazonaws.com.cn", "ec2", "cn-north-1"},
		{"bucket.s3.amazonaws.com", "s3", "us-east-1"},
		{"iam.amazonaws.com", "iam", "us-east-1"},
		{"a.b.amazonaws.com", "", ""},
		{"sqs.eu-west-1.example.com", "", ""},
	}
	for _, c := range cases {
		if service, region := locate(c.host); service != c.service || region != c.region {
			t.Errorf("%s: %s in %s, want %s in %s", c.host, service, region, c.service, c.region)
		}
	}
}

func awsKeys(service string) [][2]string {
	return [][2]string{{"access_key", "AKID"}, {"secret_key", "s"}, {"region", "us-east-1"}, {"service", service}}
}

// Reading a body that never ends is given up with the request, and a form that is none in truth is not kept.
func TestEndlessBodies(t *testing.T) {
	form := list([][2]string{{"Content-Type", formType}})
	cases := []struct {
		scheme  string
		values  [][2]string
		headers httpcore.Fields
		kind    httpcore.Kind
	}{
		{"aws-sigv4", awsKeys("iam"), nil, httpcore.KindCanceled},
		{"hawk", [][2]string{{"id", "i"}, {"key", "k"}}, nil, httpcore.KindCanceled},
		{"oauth1", [][2]string{{"consumer_key", "k"}}, form, httpcore.KindAuth},
	}
	for _, c := range cases {
		ctx, cancel := context.WithCancel(t.Context())
		content := &endless{after: 2 * longestForm, then: cancel}
		_, err := httpcore.NewSession(httpcore.SessionOptions{Schemes: Schemes(Environment{})}).Prepare(ctx, &httpcore.Request{
			Method: "POST", URL: "http://h/", Headers: c.headers, Body: content, Auth: httpcore.Auth{Type: c.scheme, Values: list(c.values)},
		})
		cancel()
		if !errors.Is(err, c.kind) {
			t.Errorf("%s: %v, want the kind %s", c.scheme, err, c.kind)
		}
	}
}

// endless is a body without an end, that calls then once so many bytes were read.
type endless struct {
	stream
	after int
	then  func()
}

func (e *endless) Open() (io.ReadCloser, error) { return io.NopCloser(e), nil }

func (e *endless) Read(p []byte) (int, error) {
	if e.after -= len(p); e.after < 0 {
		e.then()
	}
	return len(p), nil
}

// stream is a body of unknown size.
type stream string

func (stream) ContentType() string            { return "" }
func (stream) Size() int64                    { return -1 }
func (s stream) Open() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(string(s))), nil }
