package playground

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What net/http makes of each fault: "ok" and the body, "fails", or "waits" until its deadline. A fault without a line here
// fails the test.
var verdicts = map[string]string{
	"stall-before-head": "waits", "stall-mid-head": "waits", "stall-mid-body": "waits", "stall-mid-chunk": "waits",
	"drip-head": "ok", "drip-body": "ok", "drip-forever": "waits", "silent-accept": "waits",
	"close-before-head": "fails", "close-mid-head": "fails", "reset-before-head": "fails", "reset-mid-head": "fails",
	"reset-mid-body": "fails", "truncate-length": "fails", "truncate-chunk": "fails", "truncate-last-chunk": "fails",
	"missing-final-crlf": "fails", "length-short": "cut", "length-long": "waits", "length-differs": "fails",
	"length-repeated": "ok", "length-list": "any", "length-negative": "fails", "length-plus": "fails", "length-huge": "fails",
	"length-and-chunked": "ok", "body-after-204": "empty", "garbage-after-body": "ok",
	"http-0.9": "fails", "status-garbage": "fails", "status-no-code": "fails", "status-huge-code": "any", "status-no-reason": "ok",
	"status-version": "any", "leading-blank-lines": "any", "header-no-colon": "fails", "header-space-before-colon": "any",
	"header-no-name": "any", "header-nul": "any", "bare-cr": "any", "bare-lf": "ok", "obs-fold": "ok", "latin-1-header": "ok",
	"hostile-head": "any", "header-64k": "ok", "header-10000": "ok", "header-endless": "fails", "header-line-endless": "fails",
	"informational": "ok", "informational-flood": "fails", "switching-protocols": "any",
	"chunk-bad-size": "fails", "chunk-negative-size": "fails", "chunk-huge-size": "fails", "chunk-no-crlf": "fails",
	"chunk-extensions": "ok", "chunk-extension-flood": "fails", "chunk-trailers": "ok", "chunk-trailer-flood": "fails",
	"transfer-encoding-unknown": "fails",
	"gzip-not":                  "fails", "gzip-corrupt": "fails", "gzip-truncated": "fails", "gzip-garbage-after": "fails", "gzip-twice": "twice",
	"gzip-empty": "any", "gzip-bomb": "bomb", "coding-unknown": "ok",
	"idle-close": "ok", "reuse-close": "ok", "reuse-reset": "ok", "answer-first": "any", "answer-mid-upload": "any", "close-mid-upload": "fails",
	"redirect-loop": "fails", "redirect-loop-of-two": "fails", "redirect-chain": "fails", "redirect-no-location": "any",
	"redirect-bad-location": "fails", "redirect-scheme": "fails", "redirect-utf8": "ok",
	"tls-garbage": "fails", "tls-plain-http": "fails", "tls-stall": "waits", "tls-close": "fails", "tls-expired": "fails",
	"tls-not-yet-valid": "fails", "tls-wrong-host": "fails", "tls-untrusted": "fails", "tls-truncated": "ok",
}

const bombSize = 10 << 20

func TestFaults(t *testing.T) {
	for _, f := range Faults() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			want, known := verdicts[f.Name]
			if !known {
				t.Fatal("no verdict: add what net/http makes of it")
			}
			s, err := StartFault(f.Name, FaultOptions{Interval: time.Millisecond, Size: bombSize})
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			status, body, err := visit(t, s, want == "waits")
			waited := errors.Is(err, context.DeadlineExceeded)
			switch {
			case want == "any":
			case want == "waits" && waited, want == "fails" && err != nil && !waited:
			case err != nil:
				t.Errorf("%s: got %v", want, err)
			case want == "ok" && body == faultBody, want == "cut" && body == faultBody[:20], want == "empty" && body == "":
			case want == "twice" && body == faultBody+faultBody, want == "bomb" && len(body) == bombSize:
			default:
				t.Errorf("%s: got %d and %.80q", want, status, body)
			}
		})
	}
}

// visit asks the fault once. A client that is expected to wait gives up soon.
func visit(t *testing.T, s *FaultServer, impatient bool) (status int, body string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	if impatient {
		ctx, cancel = context.WithTimeout(t.Context(), 100*time.Millisecond)
	}
	defer cancel()
	roots := x509.NewCertPool()
	if !strings.HasSuffix(s.fault.Name, "untrusted") {
		roots.AppendCertsFromPEM(s.CAPEM())
	}
	tr := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, MaxResponseHeaderBytes: 1 << 20}
	defer tr.CloseIdleConnections()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := (&http.Client{Transport: tr}).Do(req)
	if err != nil {
		return 0, "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	return res.StatusCode, string(b), err
}

func TestOkHeadTellsTheTruth(t *testing.T) {
	if len(faultBody) != 41 {
		t.Errorf("faultBody has %d bytes, and the faults say 41, or 29 in hex", len(faultBody))
	}
}

func TestFaultNamesAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range slices.Concat(Faults(), ProxyFaults()) {
		if seen[f.Name] || f.Sentence == "" {
			t.Errorf("%s is there twice, or has no sentence", f.Name)
		}
		seen[f.Name] = true
	}
	if _, err := StartFault("no-such", FaultOptions{}); err == nil || !strings.Contains(err.Error(), "no-such") {
		t.Errorf("an unknown name gives %v", err)
	}
}

func TestReleaseEndsAStall(t *testing.T) {
	s, err := StartFault("stall-mid-body", FaultOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	res, err := http.Get(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	first := make([]byte, 20)
	if _, err := io.ReadFull(res.Body, first); err != nil {
		t.Fatal(err)
	}
	s.Release()
	rest, err := io.ReadAll(res.Body)
	if err != nil || string(first)+string(rest) != faultBody {
		t.Errorf("got %q, %v", string(first)+string(rest), err)
	}
}

func TestMaxStallBoundsAStall(t *testing.T) {
	s, err := StartFault("stall-before-head", FaultOptions{MaxStall: 20 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := http.Get(s.URL); !errors.Is(err, io.EOF) {
		t.Errorf("got %v, want an end of file", err)
	}
}

func TestResetIsAReset(t *testing.T) {
	s, err := StartFault("reset-before-head", FaultOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := net.Dial("tcp", s.Addr)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, "GET / HTTP/1.1\r\nHost: x\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Read(make([]byte, 1)); !errors.Is(err, syscall.ECONNRESET) {
		t.Errorf("got %v, want a reset", err)
	}
}

func TestFaultsOnThePlayground(t *testing.T) {
	s := start(t)
	_, list := call(t, "GET", s.URL+"/faults", "")
	for _, f := range Faults() {
		if !strings.Contains(list, f.Name) {
			t.Errorf("/faults does not list %s", f.Name)
		}
	}
	if _, err := http.Get(s.URL + "/faults/close-before-head"); !errors.Is(err, io.EOF) {
		t.Errorf("close-before-head: got %v", err)
	}
	res, err := http.Get(s.URL + "/faults/truncate-length")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if body, err := io.ReadAll(res.Body); !errors.Is(err, io.ErrUnexpectedEOF) || !bytes.Equal(body, []byte(faultBody[:20])) {
		t.Errorf("truncate-length: got %q, %v", body, err)
	}
	if _, err := http.Get(s.URL + "/faults/redirect-loop"); err == nil || !strings.Contains(err.Error(), "redirects") {
		t.Errorf("redirect-loop: got %v", err)
	}
	var expired x509.CertificateInvalidError
	if _, err := http.Get(s.URL + "/faults/tls-expired"); err == nil || !strings.Contains(err.Error(), "https://") || errors.As(err, &expired) && expired.Reason != x509.Expired {
		t.Errorf("tls-expired: got %v", err)
	}
	if res, _ := call(t, "GET", s.URL+"/faults/no-such", ""); res.StatusCode != 404 {
		t.Errorf("an unknown fault: got %s", res.Status)
	}
}

func TestCloseEndsStalledFaults(t *testing.T) {
	s := start(t)
	res, err := http.Get(s.URL + "/faults/stall-mid-body")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if _, err := io.ReadAll(res.Body); err == nil {
		t.Error("the body came whole")
	}
}
