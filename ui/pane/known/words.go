package known

// Methods returns the methods of requests.
func Methods() []Word {
	return []Word{
		{"GET", "read something; changes nothing"},
		{"POST", "give something to be dealt with, such as a new item"},
		{"PUT", "put this in the place of what is there"},
		{"PATCH", "change a part"},
		{"DELETE", "remove"},
		{"HEAD", "what GET would answer, without the content"},
		{"OPTIONS", "what can be done there"},
		{"TRACE", "send back what arrived"},
	}
}

// MediaTypes returns the media types of content that is sent.
func MediaTypes() []Word {
	return []Word{
		{"application/json", "JSON"},
		{"application/x-www-form-urlencoded", "fields of a form"},
		{"multipart/form-data", "fields and files of a form; a multipart body adds its boundary"},
		{"text/plain; charset=utf-8", "text"},
		{"application/xml", "XML"},
		{"text/xml", "XML, for people to read"},
		{"text/html; charset=utf-8", "a page"},
		{"text/csv", "a table, comma between columns"},
		{"text/markdown", "Markdown"},
		{"application/octet-stream", "bytes of any kind"},
		{"application/graphql-response+json", "the answer of a GraphQL server"},
		{"application/merge-patch+json", "what to change in a JSON document (RFC 7396)"},
		{"application/json-patch+json", "steps that change a JSON document (RFC 6902)"},
		{"application/ld+json", "JSON with linked data"},
		{"application/vnd.api+json", "JSON as JSON:API has it"},
		{"application/hal+json", "JSON with links, as HAL has it"},
		{"application/problem+json", "an error, told in JSON (RFC 9457)"},
		{"application/x-ndjson", "a JSON value on each line"},
		{"application/json-seq", "JSON values one after another (RFC 7464)"},
		{"application/geo+json", "places, as GeoJSON"},
		{"application/yaml", "YAML"},
		{"application/toml", "TOML"},
		{"application/cbor", "CBOR, JSON's binary sister"},
		{"application/msgpack", "MessagePack"},
		{"application/protobuf", "Protocol Buffers"},
		{"application/grpc", "gRPC"},
		{"application/soap+xml", "SOAP 1.2"},
		{"application/jose+json", "signed or encrypted JSON"},
		{"application/pdf", "PDF"},
		{"application/zip", "a ZIP archive"},
		{"application/gzip", "something under gzip"},
		{"application/sql", "SQL"},
		{"application/javascript", "JavaScript"},
		{"image/png", "a picture"},
		{"image/jpeg", "a photo"},
		{"image/webp", "a picture"},
		{"image/svg+xml", "a drawing"},
		{"audio/mpeg", "MP3"},
		{"video/mp4", "a film"},
		{"text/event-stream", "server-sent events"},
		{"text/calendar", "dates, as iCalendar"},
		{"text/vcard", "an address"},
	}
}

// accepted are the media types as one asks for them.
func accepted() []Word {
	return append([]Word{
		{"application/json", "JSON"},
		{"*/*", "anything"},
		{"application/json, text/plain;q=0.5, */*;q=0.1", "JSON if there is any, else text, else anything"},
		{"application/vnd.github+json", "JSON as GitHub has it"},
		{"image/*", "a picture of any kind"},
	}, MediaTypes()[3:]...)
}

// Codings returns the codings of content.
func Codings() []Word {
	return []Word{
		{"gzip", "what every server can do"},
		{"br", "Brotli, smaller than gzip"},
		{"zstd", "Zstandard, fast and small"},
		{"deflate", "zlib, the oldest"},
		{"identity", "no compression"},
		{"gzip, deflate, br, zstd", "any of those that Parley reads"},
		{"*", "any at all"},
	}
}

// Languages returns the languages that are asked for most.
func Languages() []Word {
	return []Word{
		{"en", "English"},
		{"en-US", "English, of the United States"},
		{"en-GB", "English, of Britain"},
		{"de", "German"},
		{"de-CH", "German, of Switzerland"},
		{"fr", "French"},
		{"fr-CA", "French, of Canada"},
		{"es", "Spanish"},
		{"es-419", "Spanish, of Latin America"},
		{"pt", "Portuguese"},
		{"pt-BR", "Portuguese, of Brazil"},
		{"it", "Italian"},
		{"nl", "Dutch"},
		{"pl", "Polish"},
		{"cs", "Czech"},
		{"sv", "Swedish"},
		{"da", "Danish"},
		{"nb", "Norwegian"},
		{"fi", "Finnish"},
		{"ru", "Russian"},
		{"uk", "Ukrainian"},
		{"tr", "Turkish"},
		{"ar", "Arabic"},
		{"he", "Hebrew"},
		{"hi", "Hindi"},
		{"zh-Hans", "Chinese, simplified"},
		{"zh-Hant", "Chinese, traditional"},
		{"ja", "Japanese"},
		{"ko", "Korean"},
		{"vi", "Vietnamese"},
		{"id", "Indonesian"},
		{"de, en;q=0.8", "German, else English"},
		{"*", "any language"},
	}
}

// AuthSchemes returns the authentication schemes, as they begin the value of Authorization.
func AuthSchemes() []Word {
	return []Word{
		{"Bearer ", "a token (RFC 6750)"},
		{"Basic ", "name and password in Base64 (RFC 7617)"},
		{"Digest ", "name and a digest of the password (RFC 7616)"},
		{"token ", "a token, as GitHub has it"},
		{"ApiKey ", "a key, as Elasticsearch has it"},
		{"AWS4-HMAC-SHA256 ", "an AWS signature"},
		{"DPoP ", "a token bound to a key (RFC 9449)"},
		{"GNAP ", "a token of GNAP (RFC 9635)"},
		{"Hawk ", "an HMAC, as Hawk has it"},
		{"HOBA ", "a signature instead of a password (RFC 7486)"},
		{"Mutual ", "both sides show that they know the password (RFC 8120)"},
		{"Negotiate ", "Kerberos (RFC 4559)"},
		{"NTLM ", "as Windows has it"},
		{"OAuth ", "an OAuth 1 signature (RFC 5849)"},
		{"PrivateToken ", "a token that tells nobody (RFC 9577)"},
		{"SCRAM-SHA-256 ", "a salted challenge (RFC 7804)"},
	}
}
