package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"parley/testdata/corpora"
)

// curlTest is a case of curl's own tests, with the bytes that curl sent.
type curlTest struct {
	ID      int               `json:"id"`
	Command string            `json:"command"`
	Stdin   string            `json:"stdin"`
	Files   map[string]string `json:"files"`
	Reply   map[string]string `json:"reply"`
	Setenv  []string          `json:"setenv"`
	NoCheck bool              `json:"nocheck"`
	Options []string          `json:"options"`
	Verify  struct {
		Protocol *string         `json:"protocol"`
		Code     json.RawMessage `json:"errorcode"`
	} `json:"verify"`
	Curl struct {
		Requests any `json:"request_bytes_match"`
	} `json:"curl788"`
}

// isGolden says that curl 7.88 sends what the case says.
func (c curlTest) isGolden() bool { return c.Curl.Requests != nil && c.Curl.Requests != false }

// curlDifferences are the cases in which `send 'curl …'` does not do what curl does, with the reason.
var curlDifferences = []struct {
	why   string
	cases []int
}{
	{"options about a proxy's tunnel, headers and auth that Parley has nothing like", []int{94, 169, 170, 209, 217, 259, 287, 335, 718, 749, 1021, 1060, 1061, 1331, 1715, 1802}},
	{"a host that ends in a number is no host for WHATWG, and cannot be one in DNS", []int{1150, 1213, 1214, 1232, 1241, 1246, 1421}},
	{"--anyauth answers Digest alone: Basic would show the password to whoever asks", []int{76, 91, 155, 1075, 1087, 1088, 1204}},
	{"a second URL of a command is authorised in advance once the first was, as RFC 7616 section 3.6 lets it", []int{388, 1412, 1418}},
	{"--ntlm waits for the server to ask, as requests-ntlm does", []int{67, 68, 89, 775, 1100}},
	{"a Digest request has its content from the start: a server may not ask", []int{88, 1001, 1285, 2059}},
	{"--continue-at - looks at the size of curl's own file; a range that cannot be served is a failed status", []int{38, 194, 256}},
	{"HTTP/1.1 is spoken where --http1.0 asks for less, and HTTP/0.9 never", []int{47, 181, 1052, 1267}},
	{"a chunk's size line that ends in LF alone, an unknown or doubled transfer coding and a length beyond 63 bits are refused: see the table of choices", []int{319, 395, 1090, 1417, 1483}},
	{"transfer codings are always removed, and lengths always believed: --raw, --ignore-content-length", []int{269, 326}},
	{"a gzip member with a name of more than 511 bytes is refused, one that is followed by another is read", []int{224, 2305}},
	{"curl refuses large headers and two Locations; Parley's bounds are larger, and the first Location counts", []int{772, 1154}},
	{"credentials in a Location are not used, and none go to another host", []int{257, 479, 899, 976}},
	{"RFC 7617 forbids control characters in a password", []int{478, 679}},
	{"cookies are stored and chosen as RFC 6265bis says, in its order and with its limits", []int{8, 46, 329, 427, 442, 443}},
	{"a host and a header name follow WHATWG and RFC 9110: lower case, no blanks, one Host", []int{1121, 1147, 1294, 1318}},
	{"a blank in a query is %20", []int{40}},
	{"--request-target, --hsts, --expand-…, --form-escape, --skip-existing, --retry-all-errors, --no-clobber and what curl does with its own files", []int{440, 458, 470, 493, 994, 1189, 1298, 1424, 1460, 1613, 1909}},
	{"NO_PROXY counts beside --noproxy, and not for a proxy that is named", []int{1249, 1256}},
	{"--time-cond is the server's business alone", []int{1127}},
	{"a body whose size is told by hand, or that is no regular file", []int{98, 173}},
	{"100 Continue is waited for one second", []int{1130}},
	{"codings are asked for whatever this curl was built with", []int{328}},
	{"the exit status is that of any request of a command, not of the last one", []int{424, 1328, 3223}},
	{"a redirect is tried again as itself, and one that leads nowhere is told", []int{1142, 1633}},
}

// TestCurlTests has `send 'curl …'` run each case against a server that replays the case's replies: what leaves is what
// curl sent, what is printed is what curl printed, and both fail, or neither.
func TestCurlTests(t *testing.T) {
	corpus := corpora.Read(t, "curl-tests", "cases.jsonl")
	reasons := map[int]string{}
	for _, difference := range curlDifferences {
		for _, id := range difference.cases {
			reasons[id] = difference.why
		}
	}
	agreed := 0
	for line := range bytes.Lines(corpus) {
		var c curlTest
		if err := json.Unmarshal(line, &c); err != nil {
			t.Fatal(err)
		}
		if !c.isGolden() {
			continue
		}
		why := reasons[c.ID]
		if why != "" {
			t.Logf("%d differs: %s", c.ID, why)
			continue
		}
		if wrong := c.run(t); wrong != "" {
			t.Errorf("%d %v: %s\n   %s", c.ID, c.Options, wrong, c.Command)
			continue
		}
		agreed++
	}
	if agreed < 300 {
		t.Errorf("%d cases agree with curl, of 300 that should", agreed)
	}
}

// run sends the case's command and says how the outcome differs from curl's.
func (c curlTest) run(t *testing.T) string {
	dir := t.TempDir()
	server := replay(t)
	defer server.close()
	host, port, _ := strings.Cut(server.address(), ":")
	fill := strings.NewReplacer("%HOSTIP", host, "%HTTPPORT", port, "%LOGDIR", dir, "%PWD", dir, "%TESTNUMBER", strconv.Itoa(c.ID),
		"%CLIENTIP", host, "%NOLISTENPORT", "1", "%DEV_NULL", os.DevNull, "%VERSION", "VERSION")
	parts := map[string]string{}
	for name, part := range c.Reply {
		parts[name] = string(latin1(fill.Replace(part)))
	}
	server.start(parts)
	for name, content := range c.Files {
		path := fill.Replace(name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, latin1(fill.Replace(content)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	command := parley(t, "send", "curl "+strings.ReplaceAll(fill.Replace(c.Command), "\n", " "))
	command.Dir = dir
	command.Stdin = strings.NewReader(fill.Replace(c.Stdin))
	command.Env = []string{"HOME=" + dir, "PARLEY_HOME=" + filepath.Join(dir, ".home"), "PATH=" + os.Getenv("PATH")}
	for _, pair := range c.Setenv {
		command.Env = append(command.Env, fill.Replace(pair))
	}
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	var hung atomic.Bool
	watch := time.AfterFunc(time.Minute, func() {
		hung.Store(true)
		_ = command.Process.Kill()
	})
	err := command.Run()
	watch.Stop()
	if hung.Load() {
		return "it hangs"
	}
	server.close()
	if c.Verify.Protocol != nil {
		if why := compareRequests(server.received, requests(strings.ReplaceAll(string(latin1(fill.Replace(*c.Verify.Protocol))), "[DISCONNECT]\n", ""))); why != "" {
			return fmt.Sprintf("%s [%s]", why, strings.TrimSpace(stderr.String()))
		}
	}
	code := strings.TrimSpace(strings.Trim(string(c.Verify.Code), `"`))
	code = strings.TrimSuffix(code, `\n`)
	if failed := code != "" && code != "0"; failed != (err != nil) {
		return fmt.Sprintf("curl exits with %q, this with %v: %s", code, err, &stderr)
	}
	if want, known := c.body(fill); known && want != stdout.String() {
		return fmt.Sprintf("the body is %.200q, not %.200q", stdout.String(), want)
	}
	return ""
}

// latin1 makes bytes of a text whose characters stand for them.
func latin1(text string) []byte {
	data := make([]byte, 0, len(text))
	for _, r := range text {
		if r < 256 {
			data = append(data, byte(r))
		} else {
			data = append(data, string(r)...)
		}
	}
	return data
}

var replyHead = regexp.MustCompile(`(?m)^HTTP/[0-9.]+ [^\n]*\n(?:[^\r\n][^\n]*\n)*(?:\r?\n|\z)|^chunky-trailer: [^\n]*\n(?:another-header: [^\n]*\n)?`)

// body is the content that curl printed, without the heads that the tests of curl print as well; it is not known for
// every case.
func (c curlTest) body(fill *strings.Replacer) (string, bool) {
	if len(c.names()) > 1 || strings.ContainsAny(c.Command, "[{") {
		return "", false // of several replies
	}
	text, ok := c.Reply["datacheck"]
	switch {
	case ok:
	case c.NoCheck:
		return "", false // it is for a file
	default:
		text = c.Reply["data"]
	}
	text = string(latin1(fill.Replace(text)))
	return replyHead.ReplaceAllString(text, ""), true
}

// names are the URLs of the command.
func (c curlTest) names() []string {
	return slices.DeleteFunc(strings.Fields(c.Command), func(word string) bool {
		return !strings.HasPrefix(word, "http://") && !strings.HasPrefix(word, "%HOSTIP:")
	})
}

func compareRequests(got, want []string) string {
	for i := range min(len(want), len(got)) {
		if g, w := comparable(got[i]), comparable(want[i]); g != w {
			return fmt.Sprintf("request %d is\n%s\n--- not\n%s", i+1, g, w)
		}
	}
	if len(got) != len(want) {
		return fmt.Sprintf("%d requests, not %d", len(got), len(want))
	}
	return ""
}

var curlBoundary = regexp.MustCompile(`boundary="?([^";\s]+)`)

// comparable sorts the header fields of a request, gives every boundary one name, takes chunks for what is in them, and
// leaves out what names the client and what no server looks at.
func comparable(request string) string {
	head, body, _ := strings.Cut(request, "\r\n\r\n")
	body = unchunked(head, body)
	var fields []string
	line, rest, _ := strings.Cut(head, "\r\n")
	boundary := ""
	if found := curlBoundary.FindStringSubmatch(head); found != nil {
		boundary = found[1]
		body, rest = strings.ReplaceAll(body, boundary, "BOUNDARY"), strings.ReplaceAll(rest, boundary, "BOUNDARY")
	}
	for field := range strings.SplitSeq(rest, "\r\n") {
		name, value, _ := strings.Cut(field, ":")
		name, value = strings.ToLower(name), strings.TrimSpace(value)
		switch {
		case name == "user-agent" && (strings.HasPrefix(value, "curl/") || strings.HasPrefix(value, "parley/")),
			name == "proxy-connection", name == "expect", name == "content-length" && boundary != "":
			continue
		case name == "accept-encoding":
			value = "any"
		case strings.HasPrefix(value, "Digest "):
			parameters := strings.Split(strings.TrimPrefix(value, "Digest "), ", ")
			slices.Sort(parameters)
			value = strings.Join(parameters, ", ")
		}
		fields = append(fields, name+": "+value)
	}
	slices.Sort(fields)
	return line + "\n" + strings.Join(fields, "\n") + "\n\n" + body
}

// unchunked removes the framing of chunks, in which two clients may differ.
func unchunked(head, body string) string {
	if !strings.EqualFold(field(head, "Transfer-Encoding"), "chunked") {
		return body
	}
	var content strings.Builder
	for {
		line, rest, ok := strings.Cut(body, "\r\n")
		size, err := strconv.ParseInt(line, 16, 64)
		if !ok || err != nil || size == 0 || int(size)+2 > len(rest) {
			return content.String()
		}
		content.WriteString(rest[:size])
		body = rest[size+2:]
	}
}
