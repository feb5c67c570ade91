package playground

import "net/http"

// An Endpoint is one line of the index at /.
type Endpoint struct {
	Usage    string // how it is asked for, with the query parameters it knows: "GET /users?page=&per_page=&q="
	Sentence string
	Try      string // a path and query that answer without further ado; empty where there is none
}

// Endpoints lists everything the playground serves, in the order of the index.
func Endpoints() []Endpoint {
	var all []Endpoint
	for _, s := range (*Handler)(nil).sections() {
		for _, e := range s.endpoints {
			all = append(all, e.Endpoint)
		}
	}
	return all
}

type section struct {
	title     string
	endpoints []endpoint
}

// An endpoint without serve is go-httpbin's.
type endpoint struct {
	Endpoint
	pattern string // as http.ServeMux takes it
	serve   http.HandlerFunc
}

func own(pattern, usage, sentence, try string, serve http.HandlerFunc) endpoint {
	return endpoint{Endpoint{usage, sentence, try}, pattern, serve}
}

func bin(usage, sentence, try string) endpoint {
	return endpoint{Endpoint: Endpoint{usage, sentence, try}}
}

// sections is the one table of what is served: it feeds the mux, the index and [Endpoints].
func (h *Handler) sections() []section {
	return []section{
		{"Users and repositories", []endpoint{
			own("GET /users", "GET /users?q=&page=&per_page=", "users, a page at a time with Link; q searches login, name, email and company", "/users?per_page=3", h.listUsers),
			own("POST /users", "POST /users", "creates a user (201 and Location); name is required, login is made from it unless given", "", h.createUser),
			own("GET /users/{id}", "GET /users/{id}", "one user, by login or number", "/users/github", h.readUser),
			own("PUT /users/{id}", "PUT /users/{id}", "replaces a user: what the body leaves out is emptied", "", h.replaceUser),
			own("PATCH /users/{id}", "PATCH /users/{id}", "changes a user by JSON merge patch (RFC 7396): null empties", "", h.patchUser),
			own("DELETE /users/{id}", "DELETE /users/{id}", "deletes a user (204)", "", h.deleteUser),
			own("GET /search/repositories", "GET /search/repositories?q=&sort=&order=&page=&per_page=", "searches repositories by words, language:, user: and topic:; sort is stars, forks or updated", "/search/repositories?q=http+language:go&sort=stars", searchRepos),
			own("GET /repos", "GET /repos?page=&per_page=", "repositories, a page at a time", "/repos?per_page=3", listRepos),
			own("GET /repos/{owner}/{name}", "GET /repos/{owner}/{name}", "one repository", "/repos/psf/requests", readRepo),
			own("POST /jobs", "POST /jobs?polls=", "takes work in (202 and Location) that is done when it was asked for so often (3)", "", h.beginJob),
			own("GET /jobs/{id}", "GET /jobs/{id}", "how far it is: 202 as long as it runs, 200 when it is done", "", h.readJob),
			own("POST /reset", "POST /reset", "puts users and counters back to how they were at the start", "", h.serveReset),
		}},
		{"Echo", []endpoint{
			bin("GET /get", "what was asked: query, headers, origin", "/get?a=1"),
			bin("POST /post · PUT /put · PATCH /patch · DELETE /delete", "what was sent: query, headers, form, files, JSON, raw data", ""),
			bin("ANY /anything[/…]", "the same for any method and path", "/anything/at/all?a=1&a=2"),
			bin("GET /headers", "the request's headers", "/headers"),
			bin("GET /ip", "the client's address", "/ip"),
			bin("GET /user-agent", "the client's name", "/user-agent"),
			bin("ANY /dump/request", "the request as HTTP/1.1 text", "/dump/request"),
			own("/upload", "POST /upload", "reads a body of any size and answers its length and SHA-256", "", upload),
		}},
		{"Status, failure and waiting", []endpoint{
			bin("ANY /status/{code}", "that status; several, with weights as in 200:9,500:1, are drawn from", "/status/204"),
			own("/flaky", "ANY /flaky?fail=&key=&status=", "fails as often as asked (1 time, 503), then succeeds once, and starts over; each key counts for itself", "/flaky?fail=0", h.flaky),
			own("/rate-limited", "ANY /rate-limited?fail=&after=&date=&key=", "429 with Retry-After (after seconds, 1; a date with date=1) and RateLimit fields fail times (1), then 200", "/rate-limited?fail=0", h.rateLimited),
			bin("GET /unstable?failure_rate=", "500, sometimes", "/unstable?failure_rate=0"),
			bin("ANY /delay/{seconds}", "waits, then echoes", "/delay/0"),
			bin("GET /drip?duration=&numbytes=&delay=&code=", "a body that arrives drop by drop", "/drip?duration=0&numbytes=5"),
		}},
		{"Streams and downloads", []endpoint{
			own("GET /events", "GET /events?count=&delay=&event=&drop=", "server-sent events with ids, going on after Last-Event-ID; drop closes after that many, count=0 never ends", "/events?count=3", events),
			own("GET /lines", "GET /lines?count=&delay=&keepalive=", "a JSON object a line; keepalive=1 puts blank lines between; count=0 never ends", "/lines?count=3", lines),
			own("GET /download/{name}", "GET /download/{name}?size=&rate=&ranges=", "a file of that size (1MiB) that is the same each time, with ETag, Range and If-Range; rate is bytes a second, ranges=0 ignores Range", "/download/sample.bin?size=16", download),
			own("GET /json/big", "GET /json/big?size=&minified=&rate=", "a JSON document of exactly that many bytes (1MiB); rate is bytes a second", "/json/big?size=2KiB", bigJSON),
			bin("GET /stream/{n} · /jsonl · /sse", "go-httpbin's own streams", "/stream/2"),
			bin("GET /bytes/{n} · /stream-bytes/{n}", "random bytes; seed= makes them the same each time", "/bytes/16?seed=1"),
			bin("GET /range/{n}", "bytes that may be asked for in ranges", "/range/26"),
			bin("GET /trailers?Name=value", "those trailers after the body", "/trailers?X-Checksum=abc"),
		}},
		{"Redirects and cookies", []endpoint{
			bin("GET /redirect/{n} · /relative-redirect/{n} · /absolute-redirect/{n}", "so many redirects, then /get", "/redirect/2"),
			bin("ANY /redirect-to?url=&status_code=", "one redirect, to anywhere", "/redirect-to?url=/get&status_code=307"),
			bin("GET /cookies", "the cookies that came", "/cookies"),
			bin("GET /cookies/set?name=value", "sets cookies, then shows them; attr[HttpOnly]=true and the like set attributes", "/cookies/set?theme=dark"),
			bin("GET /cookies/delete?name", "deletes cookies, then shows the rest", "/cookies/delete?theme"),
		}},
		{"Authentication", []endpoint{
			bin("GET /basic-auth/{user}/{password}", "Basic, with that name and password", ""),
			bin("GET /hidden-basic-auth/{user}/{password}", "the same, but 404 instead of 401", ""),
			bin("GET /bearer", "any bearer token", ""),
			own("/api-key", "ANY /api-key", "any key: header X-API-Key, query or cookie api_key", "/api-key?api_key=k", apiKey),
			own("/api-key/{key}", "ANY /api-key/{key}", "that key, in the same places", "/api-key/k?api_key=k", apiKey),
			bin("GET /digest-auth/{qop}/{user}/{password}[/{algorithm}]", "Digest: MD5, SHA-256", ""),
			own("/digest/{qop}/{user}/{password}/{algorithm}", "ANY /digest/{qop}/{user}/{password}/{algorithm}?uses=&userhash=&several=", "Digest in all its ways: qop auth, auth-int or none; MD5, SHA, SHA-256, SHA-512-256, SHA-512, each with -sess; a nonce is good for so many uses, several=1 offers more than one", "", h.digest),
			own("/oauth1", "ANY /oauth1", "OAuth 1.0: HMAC-SHA1, HMAC-SHA256 or PLAINTEXT in header, query or form; consumer ada, engine; token grace, hopper", "", oauth1),
			own("/ntlm/{user}/{password}", "ANY /ntlm/{user}/{password}?negotiate=", "NTLMv2, which signs a connection of HTTP/1.1 in; negotiate=1 calls it Negotiate", "", ntlm),
			own("GET /oauth2/authorize", "GET /oauth2/authorize?response_type=code&client_id=&redirect_uri=&scope=&state=&code_challenge=&approve=", "OAuth 2: the page to sign in at; approve=1 or 0 answers it", "", h.oauthServer((*authServer).authorize)),
			own("POST /oauth2/token", "POST /oauth2/token?expires=", "OAuth 2: tokens, good for so many seconds (3600); refresh tokens are good once. Clients: playground with the secret secret, public; user ada, engine", "", h.oauthServer((*authServer).token)),
			own("POST /oauth2/device", "POST /oauth2/device?approve_after=&interval=&expires=", "OAuth 2: a code for GET /oauth2/device, where a person enters it; or it is approved after so many polls", "", h.oauthServer((*authServer).pairDevice)),
			own("GET /oauth2/device", "GET /oauth2/device?user_code=&approve=", "OAuth 2: the page to enter it at", "/oauth2/device", h.oauthServer((*authServer).devicePage)),
			own("POST /oauth2/revoke", "POST /oauth2/revoke", "OAuth 2: ends a token; a refresh token takes its access tokens along", "", h.oauthServer((*authServer).revoke)),
			own("/oauth2/resource", "ANY /oauth2/resource", "what an access token opens", "", h.oauthServer((*authServer).resource)),
		}},
		{"Content", []endpoint{
			bin("GET /json · /xml · /html · /robots.txt · /encoding/utf8", "samples of each", "/json"),
			bin("GET /image[/png|jpeg|webp|svg|avif]", "a picture, by Accept or by name", "/image/png"),
			bin("GET /gzip · /deflate", "an echo in that content coding", "/gzip"),
			own("GET /brotli", "GET /brotli", "the same in br", "/brotli", brotliEcho),
			own("GET /zstd", "GET /zstd", "the same in zstd", "/zstd", zstdEcho),
			own("GET /encoded/{codings}", "GET /encoded/{codings}", "the same in several, applied in the order given: gzip, deflate, deflate-raw, br, zstd", "/encoded/deflate,gzip", encodedEcho),
			own("GET /charset/{name}", "GET /charset/{name}?declare=", "text in that charset, declared by header, bom, meta or none", "/charset/shift_jis", charsetText),
			own("GET /repos.csv", "GET /repos.csv", "the repositories as a table", "/repos.csv", listReposCSV),
			own("GET /form", "GET /form", "a form, as browsers send one", "/form", formBody),
			own("GET /multipart", "GET /multipart", "parts of several kinds, one of them of several parts itself", "/multipart", multipartBody),
			own("GET /hostile", "GET /hostile", "everything that a terminal might act on: control characters, escape sequences, direction overrides", "/hostile", hostile),
			bin("GET /base64/{data}", "decodes it", "/base64/aGVsbG8="),
			bin("GET /cache[/{seconds}] · /etag/{etag}", "validators and Cache-Control", "/etag/abc"),
			bin("GET /response-headers?Name=value", "those response headers", "/response-headers?X-One=1"),
			bin("GET /links/{n}", "pages that link to each other", "/links/3/0"),
			bin("GET /forms/post", "an HTML form for /post", "/forms/post"),
		}},
		{"This server", []endpoint{
			own("GET /{$}", "GET /", "this list, as text or HTML", "/", h.index),
			own("GET /faults", "GET /faults", "servers with bad manners, by name", "/faults", h.listFaults),
			own("/faults/{name}", "ANY /faults/{name}", "one of them: expect anything but a proper answer", "", h.serveFault),
			bin("GET /uuid · /hostname · /env · /version", "small things", "/uuid"),
		}},
	}
}
