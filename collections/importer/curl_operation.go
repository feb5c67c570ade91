package importer

import (
	"strconv"
	"strings"

	"parley/collections"
	"parley/collections/tomldoc"
)

// operation is what the options between two --next say. Strings may hold placeholders.
type operation struct {
	urls    []string
	input   *input
	files   Files // nil when nothing is to be read
	method  string
	isHead  bool
	isGet   bool
	globOff bool
	scheme  string

	headers   []string // of -H, in order
	codings   bool     // --compressed
	habits    Manners
	agent     *string
	referer   *string
	byteRange string
	cookies   []string
	condition *collections.Entry // the header of --time-cond

	data   []datum
	isJSON bool
	query  []string // templates
	parts  []collections.Part
	upload string

	user      *string
	authType  string
	bearer    string
	awsScope  string
	netrcFile string

	follow    bool
	maxHops   string
	proxyUser string
	noProxy   *string
	detours   [][4]string // of --connect-to
	options   collections.Options
	notes     []Note
}

func newOperation() *operation { return &operation{scheme: "http://"} }

// effect is what an option does. on is false for its --no- form.
type effect func(o *operation, value string, on bool)

// set applies an option: its effect, silence for what is about curl's own output, else a note that it is lost.
func (o *operation) set(name, written, value string, on bool) {
	if apply, ok := effects[name]; ok {
		apply(o, value, on)
		return
	}
	if strings.Contains(aboutOutput, " "+name+" ") {
		return
	}
	o.lost(written, "Parley has nothing like it")
}

func (o *operation) lost(what, why string)    { o.notes = append(o.notes, Note{Lost, what, why}) }
func (o *operation) changed(what, why string) { o.notes = append(o.notes, Note{Changed, what, why}) }

// aboutOutput lists the options that change what curl prints and where to, and nothing of the request, and those that
// are Parley's own way.
const aboutOutput = ` silent show-error verbose include show-headers output output-dir remote-name remote-name-all
 remote-header-name remote-time create-dirs create-file-mode write-out dump-header trace trace-ascii trace-config trace-ids
 trace-time stderr progress-bar progress-meter styled-output buffer clobber no-clobber xattr libcurl disable fail-early
 remove-on-error parallel parallel-immediate parallel-max tcp-nodelay keepalive alpn npn sessionid
 suppress-connect-headers basic junk-session-cookies disallow-username-in-url skip-existing out-null eprt epsv ca-native `

// effects are the options that mean something for a request.
var effects = map[string]effect{
	"url":           func(o *operation, v string, _ bool) { o.urls = append(o.urls, v) },
	"request":       func(o *operation, v string, _ bool) { o.method = v },
	"head":          func(o *operation, _ string, on bool) { o.isHead = on },
	"get":           func(o *operation, _ string, on bool) { o.isGet = on },
	"globoff":       func(o *operation, _ string, on bool) { o.globOff = on },
	"url-query":     func(o *operation, v string, _ bool) { o.query = append(o.query, o.urlQuery(v)) },
	"proto-default": func(o *operation, v string, _ bool) { o.scheme = v + "://" },
	"path-as-is": func(o *operation, _ string, on bool) {
		if on {
			o.options.Path = collections.Str("as-is")
		}
	},

	"compressed": func(o *operation, _ string, on bool) { o.codings = on },
	"header":     func(o *operation, v string, _ bool) { o.headers = append(o.headers, v) },
	"user-agent": func(o *operation, v string, _ bool) { o.agent = &v },
	"referer": func(o *operation, v string, _ bool) {
		v, isAuto := strings.CutSuffix(v, ";auto")
		if isAuto {
			o.habits.NamesReferer = true
			o.changed("--referer ;auto", "a saved request sends the same Referer to where a redirect leads")
		}
		o.referer = &v
	},
	"range": func(o *operation, v string, _ bool) { o.byteRange = v },
	"continue-at": func(o *operation, v string, _ bool) {
		if _, err := strconv.ParseUint(v, 10, 64); err != nil {
			o.lost("--continue-at "+v, "the size of curl's own file is not looked at")
			return
		}
		o.byteRange, o.habits.Resumes = v+"-", true
	},
	"time-cond":    func(o *operation, v string, _ bool) { o.timeCondition(v) },
	"max-filesize": func(o *operation, v string, _ bool) { o.options.Decode.MaxSize = value(v) },
	"cookie":       func(o *operation, v string, _ bool) { o.cookie(v) },
	"cookie-jar": func(o *operation, _ string, _ bool) {
		o.habits.TakesCookies = true
		o.changed("--cookie-jar", "cookies are kept by the session, not in that file")
	},

	"data":           func(o *operation, v string, _ bool) { o.addData(v, stripped) },
	"data-ascii":     func(o *operation, v string, _ bool) { o.addData(v, stripped) },
	"data-binary":    func(o *operation, v string, _ bool) { o.addData(v, binary) },
	"data-raw":       func(o *operation, v string, _ bool) { o.data = append(o.data, literalDatum(v)) },
	"data-urlencode": func(o *operation, v string, _ bool) { o.data = append(o.data, templateDatum(o.urlEncoded(v))) },
	"json": func(o *operation, v string, _ bool) {
		o.isJSON = true
		o.addData(v, binary)
	},
	"form":        func(o *operation, v string, _ bool) { o.form(v) },
	"form-string": func(o *operation, v string, _ bool) { o.formString(v) },
	"upload-file": func(o *operation, v string, _ bool) { o.upload = v },

	"user":          func(o *operation, v string, _ bool) { o.user = &v },
	"digest":        func(o *operation, _ string, on bool) { o.authScheme("digest", on) },
	"ntlm":          func(o *operation, _ string, on bool) { o.authScheme("ntlm", on) },
	"oauth2-bearer": func(o *operation, v string, _ bool) { o.bearer = v },
	"aws-sigv4":     func(o *operation, v string, _ bool) { o.awsScope = v; o.authScheme("aws-sigv4", true) },
	"netrc":         func(o *operation, _ string, on bool) { o.authScheme("netrc", on) },
	"netrc-file":    func(o *operation, v string, on bool) { o.netrcFile = v; o.authScheme("netrc", true) },
	"etag-compare":  func(o *operation, v string, _ bool) { o.etagCompare(v) },
	"etag-save": func(o *operation, v string, _ bool) {
		o.changed("--etag-save "+v, "the response's headers have the ETag")
	},
	"netrc-optional": func(o *operation, _ string, on bool) { o.authScheme("netrc", on) },
	"negotiate": func(o *operation, _ string, on bool) {
		o.authScheme("negotiate", on) // which keeps --user from becoming Basic
		if on {
			o.lost("--negotiate", "Kerberos is not supported; NTLM is, also where the server calls it Negotiate")
		}
	},
	"anyauth": func(o *operation, _ string, on bool) {
		if on && o.authType == "" {
			o.authType = "digest"
			o.changed("--anyauth", "the server is asked first, and Digest is what it can ask for")
		}
	},

	"location":   func(o *operation, _ string, on bool) { o.follow = on },
	"max-redirs": func(o *operation, v string, _ bool) { o.maxHops = v },
	"location-trusted": func(o *operation, _ string, on bool) {
		o.follow = on
		o.lost("--location-trusted", "credentials never follow to another host")
	},
	"fail": func(o *operation, _ string, on bool) {
		o.options.Fail, o.habits.HidesFailure = tomldoc.Boolean(on), on
	},
	"fail-with-body": func(o *operation, _ string, on bool) { o.options.Fail = tomldoc.Boolean(on) },
	"insecure":       func(o *operation, _ string, on bool) { o.options.Verify = tomldoc.Boolean(!on) },
	"cacert":         func(o *operation, v string, _ bool) { o.verify(v) },
	"capath":         func(o *operation, v string, _ bool) { o.verify(v) },
	"cert":           func(o *operation, v string, _ bool) { o.cert(v) },
	"key":            func(o *operation, v string, _ bool) { o.options.Cert.Key = value(v) },
	"pass":           func(o *operation, v string, _ bool) { o.options.Cert.Password = value(v) },
	"tlsv1.2":        func(o *operation, _ string, _ bool) { o.options.TLS.Min = collections.Str("1.2") },
	"tlsv1.3":        func(o *operation, _ string, _ bool) { o.options.TLS.Min = collections.Str("1.3") },
	"tlsv1":          oldTLS, "tlsv1.0": oldTLS, "tlsv1.1": oldTLS, "sslv2": oldTLS, "sslv3": oldTLS,

	"connect-timeout": func(o *operation, v string, _ bool) { o.options.Timeout.Connect = seconds(v) },
	"max-time":        func(o *operation, v string, _ bool) { o.options.Timeout.Total = seconds(v) },
	"proxy":           func(o *operation, v string, _ bool) { o.proxy("http://", v) },
	"socks5":          func(o *operation, v string, _ bool) { o.proxy("socks5://", v) },
	"socks5-hostname": func(o *operation, v string, _ bool) { o.proxy("socks5h://", v) },
	"noproxy":         func(o *operation, v string, _ bool) { o.noProxy = &v },
	"retry":           func(o *operation, v string, _ bool) { o.retry(v) },
	"retry-delay": func(o *operation, v string, _ bool) {
		o.options.Retry.Backoff, o.options.Retry.Max = seconds(v), seconds(v)
	},
	"proxy-user": func(o *operation, v string, _ bool) { o.proxyUser = v },

	"http1.1":               func(o *operation, _ string, _ bool) { o.options.HTTP = collections.Str("1.1") },
	"http2":                 func(o *operation, _ string, _ bool) { o.options.HTTP = collections.Str("auto") },
	"http2-prior-knowledge": func(o *operation, _ string, _ bool) { o.options.HTTP = collections.Str("2-prior-knowledge") },
	"http3":                 func(o *operation, _ string, _ bool) { o.options.HTTP = collections.Str("3") },
	"http3-only":            func(o *operation, _ string, _ bool) { o.options.HTTP = collections.Str("3") },
	"http1.0": func(o *operation, _ string, _ bool) {
		o.options.HTTP = collections.Str("1.1")
		o.changed("--http1.0", "HTTP/1.1 is spoken")
	},

	"resolve":     func(o *operation, v string, _ bool) { o.resolve(v) },
	"connect-to":  func(o *operation, v string, _ bool) { o.connectTo(v) },
	"unix-socket": func(o *operation, v string, _ bool) { o.options.Network.Unix = value(v) },
	"ipv4":        func(o *operation, _ string, _ bool) { o.options.Network.Family = collections.Str("4") },
	"ipv6":        func(o *operation, _ string, _ bool) { o.options.Network.Family = collections.Str("6") },
}

func oldTLS(o *operation, _ string, _ bool) {
	o.options.TLS.Min = collections.Str("1.2")
	o.changed("--tlsv1 or older", "TLS 1.2 is the oldest that is spoken")
}

// seconds writes curl's decimal seconds as a duration.
func seconds(v string) collections.Value { return value(v + "s") }
