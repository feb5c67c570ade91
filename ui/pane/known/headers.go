package known

// Headers returns the header fields that requests have, those that are written most often first.
func Headers() []Header {
	return headers
}

var headers = concat(everyday, conditions, negotiation, crossOrigin, forwarding, connection, apis, tracing, webdav)

func concat(lists ...[]Header) []Header {
	var all []Header
	for _, list := range lists {
		all = append(all, list...)
	}
	return all
}

// everyday are the fields that most requests have some of (RFC 9110 and 6265).
var everyday = []Header{
	{"Accept", "which media types may come back, the liked ones first", accepted()},
	{"Content-Type", "what kind of content the body is", MediaTypes()},
	{"Authorization", "who is asking, for the server itself; Auth fills it in for most schemes", AuthSchemes()},
	{"User-Agent", "which program is asking; Parley names itself when this is not given", nil},
	{"Cookie", "values the server has set before; the session's jar adds its own", nil},
	{"Accept-Language", "which languages may come back, the liked ones first", Languages()},
	{"Accept-Encoding", "which compressions of the answer may be used", Codings()},
	{"Cache-Control", "how caches on the way may answer or keep", []Word{
		{"no-cache", "ask the server again before answering from a cache"},
		{"no-store", "keep nothing of this request and its answer"},
		{"max-age=0", "take no answer that is older than this many seconds"},
		{"only-if-cached", "answer from the cache or not at all"},
		{"no-transform", "change nothing of the content on the way"},
		{"max-stale=60", "an answer may be out of date by this many seconds"},
		{"min-fresh=60", "an answer must be fresh for this many seconds more"},
	}},
	{"Referer", "the page that led here", nil},
	{"Origin", "scheme, host and port of the page that asks; decides on CORS", []Word{{"null", "an origin that is not told"}}},
	{"Host", "the host that is meant, when it is not the URL's", nil},
	{"Content-Length", "how many bytes the body has; it is worked out from the body", nil},
	{"Content-Encoding", "how the body is compressed", Codings()},
	{"Content-Language", "the language the body is for", Languages()},
	{"Content-Location", "the URL that the body by itself would have", nil},
	{"Content-Disposition", "how the content is meant, and its file name", []Word{
		{"form-data", "a field of a multipart form"},
		{"attachment", "to be saved, as filename=…"},
		{"inline", "to be shown"},
	}},
	{"Content-Range", "which part of the whole the body is", []Word{{"bytes ", "first-last/total of the bytes"}}},
	{"Content-Digest", "a digest of the body as it is sent (RFC 9530)", []Word{{"sha-256=:", "SHA-256, as Base64 between colons"}, {"sha-512=:", "SHA-512, as Base64 between colons"}}},
	{"Date", "when the request was made", nil},
	{"From", "the mail address of whoever is responsible for the program", nil},
	{"Expect", "what the server must be able to do before the body is sent", []Word{{"100-continue", "wait for a go before sending the body"}}},
	{"Max-Forwards", "over how many proxies TRACE and OPTIONS may go", []Word{{"10", "ten at most"}}},
	{"Pragma", "the cache control of HTTP/1.0", []Word{{"no-cache", "ask the server again before answering from a cache"}}},
}

// conditions let a server answer less, or refuse (RFC 9110, sections 13 and 14).
var conditions = []Header{
	{"If-None-Match", "answer 304 while the entity tag is still one of these; with * only create", []Word{{"*", "only if there is nothing yet"}, {`"`, "an entity tag, in quotes"}, {`W/"`, "a weak entity tag"}}},
	{"If-Match", "do it only while the entity tag is one of these, so that no change of another is lost", []Word{{"*", "only if there is something already"}, {`"`, "an entity tag, in quotes"}}},
	{"If-Modified-Since", "answer 304 when nothing has changed since this date", nil},
	{"If-Unmodified-Since", "do it only if nothing has changed since this date", nil},
	{"If-Range", "send the range only while the tag or date still holds, else everything", nil},
	{"If-Schedule-Tag-Match", "do it only while the scheduling tag is this one (CalDAV)", nil},
	{"Range", "send only a part", []Word{
		{"bytes=0-1023", "the first 1,024 bytes"},
		{"bytes=-1024", "the last 1,024 bytes"},
		{"bytes=1024-", "everything after the first 1,024 bytes"},
	}},
	{"Prefer", "what the server should do if it can (RFC 7240)", []Word{
		{"return=minimal", "answer with as little as possible"},
		{"return=representation", "answer with the whole result"},
		{"respond-async", "answer 202 at once, and go on in the background"},
		{"wait=10", "answer within this many seconds"},
		{"handling=strict", "refuse what is not understood"},
		{"handling=lenient", "go on where it can be understood"},
		{"odata.maxpagesize=50", "at most this many items a page"},
	}},
	{"Idempotency-Key", "a name for this one act, so that a second try does it only once", []Word{{"{{uuid()}}", "another one each time it is sent"}}},
	{"Want-Content-Digest", "which digest of the content the answer should have (RFC 9530)", []Word{{"sha-256=10", "SHA-256, liked best"}}},
	{"Want-Repr-Digest", "which digest of the whole representation the answer should have (RFC 9530)", []Word{{"sha-256=10", "SHA-256, liked best"}}},
	{"Repr-Digest", "a digest of the whole representation (RFC 9530)", []Word{{"sha-256=:", "SHA-256, as Base64 between colons"}}},
	{"Priority", "how urgent it is among others, from 0 to 7 (RFC 9218)", []Word{{"u=0", "the most urgent"}, {"u=3", "as usual"}, {"u=7", "in the background"}, {"u=3, i", "may come in pieces"}}},
}

// negotiation are further fields about what may come back.
var negotiation = []Header{
	{"Accept-Charset", "which charsets may come back; servers ignore it by now", []Word{{"utf-8", "Unicode, as nearly everything is"}}},
	{"Accept-Datetime", "as of when an archived state is wanted (RFC 7089)", nil},
	{"A-IM", "which ways of sending only what changed are understood (RFC 3229)", []Word{{"feed", "only new entries of a feed"}}},
	{"DNT", "whether one objects to being tracked", []Word{{"1", "do not track"}, {"0", "tracking is all right"}}},
	{"Sec-GPC", "that one's data may not be sold or shared", []Word{{"1", "do not sell or share"}}},
	{"Save-Data", "that less data is better", []Word{{"on", "send less"}}},
	{"Upgrade-Insecure-Requests", "that a secure answer is liked better", []Word{{"1", "lead to https"}}},
	{"Service-Worker-Navigation-Preload", "that a service worker asks ahead", []Word{{"true", "as browsers send it"}}},
	{"Last-Event-ID", "the last event that was seen of a stream, to go on after it", nil},
	{"Sec-CH-UA", "brand and version of the browser", nil},
	{"Sec-CH-UA-Mobile", "whether the browser is on a phone", []Word{{"?0", "it is not"}, {"?1", "it is"}}},
	{"Sec-CH-UA-Platform", "the operating system", []Word{{`"Linux"`, ""}, {`"macOS"`, ""}, {`"Windows"`, ""}, {`"Android"`, ""}, {`"iOS"`, ""}}},
}

// crossOrigin are what browsers say about where a request comes from (Fetch).
var crossOrigin = []Header{
	{"Access-Control-Request-Method", "which method would follow, asked ahead by OPTIONS", Methods()},
	{"Access-Control-Request-Headers", "which headers would follow, asked ahead by OPTIONS", nil},
	{"Sec-Fetch-Site", "how near the asking page is", []Word{{"same-origin", "of the same origin"}, {"same-site", "of the same site"}, {"cross-site", "of another site"}, {"none", "a person has typed it"}}},
	{"Sec-Fetch-Mode", "what the request is for in the page", []Word{{"cors", "a script that follows CORS"}, {"navigate", "a page to go to"}, {"no-cors", "a picture or the like"}, {"same-origin", "only of the same origin"}, {"websocket", "a WebSocket"}}},
	{"Sec-Fetch-Dest", "what will become of the answer", []Word{{"document", "a page"}, {"empty", "data for a script"}, {"image", "a picture"}, {"script", "a script"}, {"style", "a style sheet"}, {"font", "a font"}, {"iframe", "a page in a page"}}},
	{"Sec-Fetch-User", "that a person has set it off", []Word{{"?1", "a person did"}}},
	{"X-Requested-With", "that a script asks, not a form", []Word{{"XMLHttpRequest", "as scripts say since jQuery"}}},
	{"X-CSRF-Token", "the token that shows the request to be meant", nil},
	{"X-XSRF-TOKEN", "the token that shows the request to be meant, as Angular names it", nil},
}

// forwarding are what proxies add about whom they ask for.
var forwarding = []Header{
	{"Forwarded", "for whom, over what and to which host a proxy asks (RFC 7239)", []Word{{"for=", "the client's address"}, {"proto=https", "how it had asked"}, {"host=", "which host it had asked"}}},
	{"X-Forwarded-For", "the addresses of the client and of proxies on the way", nil},
	{"X-Forwarded-Proto", "whether the client had asked over TLS", []Word{{"https", "over TLS"}, {"http", "in the clear"}}},
	{"X-Forwarded-Host", "which host the client had asked", nil},
	{"X-Forwarded-Port", "which port the client had asked", []Word{{"443", "the one of https"}, {"80", "the one of http"}}},
	{"X-Forwarded-Prefix", "the beginning of the path that a proxy took away", nil},
	{"X-Real-IP", "the client's address, as nginx names it", nil},
	{"True-Client-IP", "the client's address, as CDNs name it", nil},
	{"CF-Connecting-IP", "the client's address, as Cloudflare names it", nil},
	{"Via", "the proxies on the way", nil},
	{"CDN-Loop", "the CDNs on the way, so that they ask no circle (RFC 8586)", nil},
	{"Proxy-Authorization", "who is asking, for the proxy on the way", AuthSchemes()},
	{"X-HTTP-Method-Override", "the method that is meant by a POST", Methods()},
}

// connection are about the connection rather than the request; HTTP/2 has none of them.
var connection = []Header{
	{"Connection", "what becomes of the connection", []Word{{"close", "close it after the answer"}, {"keep-alive", "keep it for the next request"}, {"Upgrade", "go over to another protocol"}}},
	{"Keep-Alive", "how long the connection may be kept", []Word{{"timeout=5", "seconds without a request"}, {"timeout=5, max=100", "and so many requests"}}},
	{"Upgrade", "which protocol to go over to", []Word{{"websocket", "a WebSocket"}, {"h2c", "HTTP/2 in the clear"}}},
	{"TE", "which transfer codings and trailers are understood", []Word{{"trailers", "fields after the body"}}},
	{"Trailer", "which fields follow the body", nil},
	{"Transfer-Encoding", "how the body is framed; it is worked out from the body", []Word{{"chunked", "in pieces, of a length not known before"}}},
	{"HTTP2-Settings", "settings for going over to HTTP/2", nil},
	{"Sec-WebSocket-Version", "the version of the WebSocket protocol", []Word{{"13", "the one there is"}}},
	{"Sec-WebSocket-Key", "a random value that the server answers to", nil},
	{"Sec-WebSocket-Protocol", "which protocols to speak inside a WebSocket", []Word{{"graphql-transport-ws", "GraphQL subscriptions"}, {"mqtt", "MQTT"}, {"wamp.2.json", "WAMP"}}},
	{"Sec-WebSocket-Extensions", "which extensions of WebSocket are understood", []Word{{"permessage-deflate", "compressed messages"}}},
}

// apis are what many services agree on without a standard.
var apis = []Header{
	{"X-API-Key", "the key of an API", []Word{{`{{secret("api_key")}}`, "a secret, which no file holds"}}},
	{"X-Auth-Token", "a token, as OpenStack and others name it", []Word{{`{{secret("token")}}`, "a secret, which no file holds"}}},
	{"X-Api-Version", "the version of the API that is meant", nil},
	{"Accept-Version", "the version of the API that is meant", nil},
	{"X-GitHub-Api-Version", "the version of GitHub's API that is meant", []Word{{"2022-11-28", "the current one"}}},
	{"Stripe-Version", "the version of Stripe's API that is meant", nil},
	{"Stripe-Account", "the connected account that is meant", nil},
	{"anthropic-version", "the version of Anthropic's API that is meant", []Word{{"2023-06-01", "the current one"}}},
	{"OpenAI-Organization", "the organization that pays", nil},
	{"X-Amz-Date", "the date of an AWS signature", nil},
	{"X-Amz-Target", "the operation of an AWS service", nil},
	{"X-Amz-Security-Token", "the session token of an AWS signature", nil},
	{"X-Goog-Api-Key", "the key of a Google API", nil},
	{"X-Goog-User-Project", "the Google project that pays", nil},
	{"PRIVATE-TOKEN", "a personal token of GitLab", []Word{{`{{secret("gitlab")}}`, "a secret, which no file holds"}}},
	{"Api-Key", "the key of an API", []Word{{`{{secret("api_key")}}`, "a secret, which no file holds"}}},
	{"X-Tenant-ID", "the tenant that is meant", nil},
	{"SOAPAction", "the operation of a SOAP service", nil},
	{"GraphQL-Preflight", "that a GraphQL request is meant, against forgery", []Word{{"1", "it is"}}},
	{"OData-Version", "the version of OData", []Word{{"4.0", ""}, {"4.01", ""}}},
	{"X-Hub-Signature-256", "the signature of a webhook", []Word{{"sha256=", "an HMAC in hex"}}},
}

// tracing names a request so that it is found again in logs.
var tracing = []Header{
	{"X-Request-ID", "a name for the request, to be found in logs", []Word{{"{{uuid()}}", "another one each time it is sent"}}},
	{"X-Correlation-ID", "a name for all requests of one act", []Word{{"{{uuid()}}", "another one each time it is sent"}}},
	{"traceparent", "trace and span that the request belongs to (W3C)", []Word{{"00-", "version, trace, span and flags, in hex"}}},
	{"tracestate", "what tracing systems add to traceparent (W3C)", nil},
	{"baggage", "values that travel along with a trace (W3C)", nil},
	{"b3", "trace and span, as Zipkin has it", nil},
	{"X-B3-TraceId", "the trace, as Zipkin has it", nil},
	{"X-Amzn-Trace-Id", "the trace, as AWS has it", nil},
	{"X-Cloud-Trace-Context", "the trace, as Google has it", nil},
}

// webdav are the fields of WebDAV (RFC 4918).
var webdav = []Header{
	{"Depth", "how far down it goes", []Word{{"0", "the resource alone"}, {"1", "and its members"}, {"infinity", "and everything below"}}},
	{"Destination", "where COPY and MOVE go", nil},
	{"Overwrite", "whether what is there is replaced", []Word{{"T", "it is"}, {"F", "it is not"}}},
	{"If", "conditions and lock tokens", nil},
	{"Lock-Token", "the lock to give back", nil},
	{"Timeout", "how long a lock should last", []Word{{"Second-3600", "an hour"}, {"Infinite", "for ever"}}},
	{"Tus-Resumable", "the version of the protocol for uploads that can go on", []Word{{"1.0.0", "the current one"}}},
	{"Upload-Offset", "how much of an upload is there already (tus)", []Word{{"0", "nothing yet"}}},
	{"Upload-Length", "how long the whole upload is (tus)", nil},
}
