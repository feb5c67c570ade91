package content

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FileName proposes a name for a body that is saved: that of its Content-Disposition (RFC 6266, with filename* of RFC 8187 first),
// else the last part of the URL's path, else "index"; the latter two get the extension of the media type when they have
// none. Any of the three may be empty. The result is one part of a path on every system: without separators, control or
// invisible characters, neither hidden nor taken for an option or a device, and at most 200 bytes long.
func FileName(disposition, urlPath, mediaType string) string {
	if name := cleanName(dispositionName(disposition)); name != "" {
		return name
	}
	last := path.Base(urlPath)
	if strings.HasSuffix(urlPath, "/") {
		last = ""
	}
	if decoded, err := url.PathUnescape(last); err == nil {
		last = decoded
	}
	name := cleanName(last)
	if name == "" {
		name = "index"
	}
	if !strings.Contains(name, ".") {
		name += extensionOf(mediaType)
	}
	return name
}

// extensionOf knows the types that servers send without a name. The system's table differs from machine to machine.
func extensionOf(mediaType string) string {
	essence, _, _ := strings.Cut(mediaType, ";")
	switch strings.ToLower(strings.TrimSpace(essence)) {
	case "text/html", "application/xhtml+xml":
		return ".html"
	case "application/json":
		return ".json"
	case "application/x-ndjson":
		return ".ndjson"
	case "application/xml", "text/xml":
		return ".xml"
	case "text/plain":
		return ".txt"
	case "text/csv":
		return ".csv"
	case "text/css":
		return ".css"
	case "text/javascript", "application/javascript":
		return ".js"
	case "application/pdf":
		return ".pdf"
	case "application/zip":
		return ".zip"
	case "application/gzip":
		return ".gz"
	case "image/png":
		return ".png"
	case "image/jpeg":
		return ".jpg"
	case "image/gif":
		return ".gif"
	case "image/webp":
		return ".webp"
	case "image/svg+xml":
		return ".svg"
	default:
		return ""
	}
}

// dispositionName finds the name in a Content-Disposition. Much of what servers write breaks its grammar, and is taken for
// what it must mean.
func dispositionName(value string) string {
	plain, extended := "", ""
	for _, parameter := range splitQuoted(value)[1:] {
		name, text, _ := strings.Cut(parameter, "=")
		switch text = strings.TrimSpace(text); strings.ToLower(strings.TrimSpace(name)) {
		case "filename":
			plain = toUTF8(unquote(text))
		case "filename*":
			extended = extendedValue(unquote(text))
		}
	}
	if extended != "" {
		return extended
	}
	return plain
}

// splitQuoted splits at the semicolons outside of quotes; there is at least one part.
func splitQuoted(s string) []string {
	var parts []string
	begin, quoted := 0, false
	for i := 0; i < len(s); i++ {
		switch {
		case quoted && s[i] == '\\':
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == ';' && !quoted:
			parts = append(parts, s[begin:i])
			begin = i + 1
		}
	}
	return append(parts, s[min(begin, len(s)):])
}

func unquote(s string) string {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return strings.Trim(s, `"`)
	}
	var out strings.Builder
	s = s[1 : len(s)-1]
	for i := 0; i < len(s); i++ {
		// A backslash before anything but these two is a separator of a path that nobody escaped.
		if s[i] == '\\' && i+1 < len(s) && (s[i+1] == '"' || s[i+1] == '\\') {
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// extendedValue decodes charset'language'percent-encoded (RFC 8187 section 3.2); "" when it is none.
func extendedValue(s string) string {
	charset, rest, ok := strings.Cut(s, "'")
	_, encoded, ok2 := strings.Cut(rest, "'")
	decoded, err := url.PathUnescape(encoded)
	switch {
	case !ok || !ok2 || err != nil:
		return ""
	case strings.EqualFold(charset, "UTF-8") && utf8.ValidString(decoded):
		return decoded
	case strings.EqualFold(charset, "ISO-8859-1"):
		return fromLatin1(decoded)
	default:
		return ""
	}
}

func toUTF8(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return fromLatin1(s)
}

func fromLatin1(s string) string {
	var out strings.Builder
	for i := range len(s) {
		out.WriteRune(rune(s[i]))
	}
	return out.String()
}

// longestName leaves room for what is put behind a name, below the 255 bytes of most file systems.
const longestName = 200

// cleanName makes one harmless part of a path of a name, or "".
func cleanName(name string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r):
			return -1
		case strings.ContainsRune(`<>:"|?*`, r), r == utf8.RuneError:
			return '_'
		}
		return r
	}, name)
	name = strings.TrimLeftFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '.' || r == '-' })
	name = shorten(name)
	name = strings.TrimRightFunc(name, func(r rune) bool { return unicode.IsSpace(r) || r == '.' })
	if isDevice(name) {
		name = "_" + name
	}
	return name
}

// shorten cuts a name before its extension.
func shorten(name string) string {
	if len(name) <= longestName {
		return name
	}
	extension := path.Ext(name)
	if len(extension) > 20 {
		extension = ""
	}
	cut := longestName - len(extension)
	for cut > 0 && !utf8.RuneStart(name[cut]) {
		cut--
	}
	return name[:cut] + extension
}

// isDevice knows the names that are no files on Windows, with any extension.
func isDevice(name string) bool {
	base, _, _ := strings.Cut(strings.ToUpper(name), ".")
	switch base = strings.TrimRight(base, " "); base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	if len(base) < 4 || base[:3] != "COM" && base[:3] != "LPT" {
		return false
	}
	switch base[3:] {
	case "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³":
		return true
	}
	return false
}
