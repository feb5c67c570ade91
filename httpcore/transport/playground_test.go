package transport_test

import (
	"os"
	"path/filepath"
	"testing"

	"parley/httpcore"
	"parley/httpcore/playground"
	"parley/httpcore/transport"
)

// outcomes says how every fault of the playground ends; "" is a whole response.
var outcomes = map[string]httpcore.Kind{
	"stall-before-head": httpcore.KindReadTimeout,
	"stall-mid-head":    httpcore.KindReadTimeout,
	"stall-mid-body":    httpcore.KindReadTimeout,
	"stall-mid-chunk":   httpcore.KindReadTimeout,
	"drip-head":         "",
	"drip-body":         "",
	"drip-forever":      httpcore.KindTotalTimeout,
	"silent-accept":     httpcore.KindReadTimeout,

	"close-before-head":   httpcore.KindClosed,
	"close-mid-head":      httpcore.KindTruncated,
	"reset-before-head":   httpcore.KindClosed,
	"reset-mid-head":      httpcore.KindTruncated,
	"reset-mid-body":      httpcore.KindTruncated,
	"truncate-length":     httpcore.KindTruncated,
	"truncate-chunk":      httpcore.KindTruncated,
	"truncate-last-chunk": httpcore.KindTruncated,
	"missing-final-crlf":  httpcore.KindTruncated,

	"length-short":       "",
	"length-long":        httpcore.KindReadTimeout,
	"length-differs":     httpcore.KindProtocol,
	"length-repeated":    "",
	"length-list":        "",
	"length-negative":    httpcore.KindProtocol,
	"length-plus":        httpcore.KindProtocol,
	"length-huge":        httpcore.KindProtocol,
	"length-and-chunked": "",
	"body-after-204":     "",
	"garbage-after-body": "",

	"chunk-bad-size":            httpcore.KindChunked,
	"chunk-negative-size":       httpcore.KindChunked,
	"chunk-huge-size":           httpcore.KindChunked,
	"chunk-no-crlf":             httpcore.KindChunked,
	"chunk-extensions":          "",
	"chunk-extension-flood":     httpcore.KindChunked,
	"chunk-trailers":            "",
	"chunk-trailer-flood":       httpcore.KindProtocol,
	"transfer-encoding-unknown": httpcore.KindProtocol,

	"http-0.9":                  httpcore.KindProtocol,
	"status-garbage":            httpcore.KindProtocol,
	"status-no-code":            httpcore.KindProtocol,
	"status-huge-code":          httpcore.KindProtocol,
	"status-no-reason":          "",
	"status-version":            httpcore.KindProtocol,
	"leading-blank-lines":       httpcore.KindProtocol,
	"header-no-colon":           httpcore.KindProtocol,
	"header-space-before-colon": httpcore.KindProtocol,
	"header-no-name":            httpcore.KindProtocol,
	"header-nul":                httpcore.KindProtocol,
	"bare-cr":                   httpcore.KindProtocol,
	"bare-lf":                   "",
	"obs-fold":                  "",
	"latin-1-header":            "",
	"hostile-head":              "",
	"header-64k":                "",
	"header-10000":              httpcore.KindProtocol,
	"header-endless":            httpcore.KindProtocol,
	"header-line-endless":       httpcore.KindProtocol,
	"informational":             "",
	"informational-flood":       httpcore.KindProtocol,
	"switching-protocols":       "",

	"tls-garbage":       httpcore.KindTLS,
	"tls-plain-http":    httpcore.KindTLS,
	"tls-stall":         httpcore.KindConnectTimeout,
	"tls-close":         httpcore.KindClosed,
	"tls-expired":       httpcore.KindTLS,
	"tls-not-yet-valid": httpcore.KindTLS,
	"tls-wrong-host":    httpcore.KindTLS,
	"tls-untrusted":     "", // it is trusted here
	"tls-truncated":     "",

	"idle-close":        "",
	"reuse-close":       "",
	"reuse-reset":       "",
	"answer-first":      "",
	"answer-mid-upload": "",
	"close-mid-upload":  httpcore.KindClosed,
}

// elsewhere are faults that lie above a transport: what they do reaches it as a proper response.
var elsewhere = map[string]bool{
	"gzip-not": true, "gzip-corrupt": true, "gzip-truncated": true, "gzip-garbage-after": true, "gzip-twice": true,
	"gzip-empty": true, "gzip-bomb": true, "coding-unknown": true,
	"redirect-loop": true, "redirect-loop-of-two": true, "redirect-chain": true, "redirect-no-location": true,
	"redirect-bad-location": true, "redirect-scheme": true, "redirect-utf8": true,
}

func TestPlaygroundFaults(t *testing.T) {
	for _, fault := range playground.Faults() {
		if elsewhere[fault.Name] {
			continue
		}
		t.Run(fault.Name, func(t *testing.T) {
			t.Parallel()
			want, ok := outcomes[fault.Name]
			if !ok {
				t.Fatalf("nobody has said how this ends: %s", fault.Sentence)
			}
			server, err := playground.StartFault(fault.Name, playground.FaultOptions{Interval: gap / 50})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(server.Close)
			request := get(server.URL)
			request.Options.TLS.CA = pemFile(t, server.CAPEM())
			switch want {
			case httpcore.KindReadTimeout:
				request.Options.Timeout.Read = gap
			case httpcore.KindConnectTimeout:
				request.Options.Timeout.Connect = gap
			case httpcore.KindTotalTimeout:
				request.Options.Timeout.Total = gap
			}
			if fault.Name == "answer-mid-upload" || fault.Name == "close-mid-upload" {
				request.Method, request.Body = "POST", &endless{limit: 1 << 30}
			}
			s := newSession(t, transport.Options{})
			for range 2 { // the second time shows what the first left behind
				_, err = do(t, s, request)
				if want == "" {
					if err != nil {
						t.Errorf("%s: %v", fault.Sentence, err)
					}
					continue
				}
				wantError(t, err, want)
			}
		})
	}
}

// pemFile writes PEM to a file for the options to name; "" for none.
func pemFile(t testing.TB, pem []byte) string {
	t.Helper()
	if pem == nil {
		return ""
	}
	path := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(path, pem, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
