package example

import (
	"bytes"
	"encoding/json"
)

// maxDepth bounds how deep the JSON is that is indented: what is deeper would grow beyond measure, and nobody reads it.
const maxDepth = 32

// spread indents JSON that has no blanks; ok is false when it is none, or would not come back.
func spread(body []byte) (text []byte, ok bool) {
	if len(body) == 0 || body[0] != '{' && body[0] != '[' || depth(body) > maxDepth {
		return nil, false
	}
	var out bytes.Buffer
	if json.Indent(&out, body, "", "  ") != nil || out.Len() > 2*MaxBody {
		return nil, false
	}
	text = out.Bytes() // with the newline at the end, if there is one
	back, ok := gather(text)
	return text, ok && bytes.Equal(back, body) && !bytes.Equal(text, body)
}

// gather takes the blanks out of JSON, but for the newline at its end.
func gather(text []byte) (body []byte, ok bool) {
	var out bytes.Buffer
	if json.Compact(&out, text) != nil {
		return nil, false
	}
	if bytes.HasSuffix(text, []byte("\n")) {
		out.WriteByte('\n')
	}
	return out.Bytes(), true
}

// depth counts how deep the brackets of a JSON text nest.
func depth(text []byte) int {
	now, most, quoted := 0, 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case !quoted && (c == '{' || c == '['):
			now++
			most = max(most, now)
		case !quoted && (c == '}' || c == ']'):
			now--
		}
	}
	return most
}
