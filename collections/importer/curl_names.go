package importer

import (
	"slices"
	"strings"
)

// withValue lists curl's options that take a value, as of curl 8.17, those with a short form as "long:X".
const withValue = `abstract-unix-socket alt-svc aws-sigv4 cacert capath cert:E cert-type ciphers config:K connect-timeout
connect-to continue-at:C cookie:b cookie-jar:c create-file-mode crlfile curves data:d data-ascii data-binary data-raw
data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url dump-header:D ech egd-file engine
etag-compare etag-save expect100-timeout form:F form-string ftp-account ftp-alternative-to-user ftp-method ftp-port:P
ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header:H hostpubmd5 hostpubsha256 hsts interface ip-tos
ipfs-gateway json keepalive-cnt keepalive-time key key-type krb libcurl limit-rate local-port login-options mail-auth
mail-from mail-rcpt max-filesize max-redirs max-time:m netrc-file noproxy oauth2-bearer out-null output:o output-dir
parallel-max pass pinnedpubkey preproxy proto proto-default proto-redir proxy:x proxy-cacert proxy-capath proxy-cert
proxy-cert-type proxy-ciphers proxy-crlfile proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey
proxy-service-name proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user:U proxy1.0 pubkey
quote:Q random-file range:r rate referer:e request:X request-target resolve retry retry-delay retry-max-time sasl-authzid
service-name sigalgs socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit:Y speed-time:y stderr
telnet-option:t tftp-blksize time-cond:z tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii
trace-config unix-socket upload-file:T upload-flags url url-query user:u user-agent:A variable vlan-priority write-out:w`

// switches lists the options without a value; all but a few can be switched off by --no-NAME.
const switches = `alpn anyauth append:a basic buffer ca-native cert-status clobber compressed compressed-ssh create-dirs
crlf digest disable:q disable-eprt disable-epsv disallow-username-in-url doh-cert-status doh-insecure eprt epsv fail:f
fail-early fail-with-body false-start form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc
ftp-ssl-control get:G globoff:g haproxy-protocol head:I help:h http0.9 http1.0:0 http1.1 http2 http2-prior-knowledge
http3 http3-only ignore-content-length include:i insecure:k ipv4:4 ipv6:6 junk-session-cookies:j keepalive list-only:l
location:L location-trusted mail-rcpt-allowfails manual:M metalink mptcp negotiate netrc:n netrc-optional next:: npn ntlm
ntlm-wb parallel:Z parallel-immediate path-as-is post301 post302 post303 progress-bar:# progress-meter proxy-anyauth
proxy-basic proxy-ca-native proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast
proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel:p raw remote-header-name:J remote-name:O remote-name-all remote-time:R
remove-on-error retry-all-errors retry-connrefused sasl-ir sessionid show-error:S show-headers silent:s skip-existing
socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd
ssl-revoke-best-effort ssl-sessions sslv2:2 sslv3:3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay
tftp-no-options tls-earlydata tlsv1:1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time use-ascii:B
verbose:v version:V xattr`

// spelling is how an option is written.
type spelling struct {
	name       string
	takesValue bool
}

// spellings are curl's options by long and by short form.
type spellings struct {
	long  map[string]spelling
	short map[byte]spelling
	names []string // sorted
}

func newSpellings() *spellings {
	s := &spellings{long: map[string]spelling{}, short: map[byte]spelling{}}
	s.add(withValue, true)
	s.add(switches, false)
	slices.Sort(s.names)
	return s
}

func (s *spellings) add(list string, takesValue bool) {
	for word := range strings.FieldsSeq(list) {
		name, short, hasShort := strings.Cut(word, ":")
		one := spelling{name, takesValue}
		s.long[name] = one
		s.names = append(s.names, name)
		if hasShort {
			s.short[short[0]] = one
		}
	}
}

// find resolves a long name; an unambiguous beginning is enough for curl.
func (s *spellings) find(name string) (spelling, bool) {
	if one, ok := s.long[name]; ok {
		return one, true
	}
	var matches []string
	for _, known := range s.names {
		if strings.HasPrefix(known, name) {
			matches = append(matches, known)
		}
	}
	if len(matches) != 1 {
		return spelling{}, false
	}
	return s.long[matches[0]], true
}
