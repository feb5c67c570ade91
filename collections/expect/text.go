package expect

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Text writes a value as it is sent: text as it is, all else as JSON.
func Text(value any) string {
	if text, ok := value.(string); ok {
		return text
	}
	return jsonText(value)
}

// Show writes a value for people, on one line of bounded length: text in quotes, all else as JSON.
func Show(value any) string {
	switch v := value.(type) {
	case nil:
		return "nil"
	case time.Duration:
		return rounded(v).String()
	case string:
		const most = 2 * shown
		if len(v) > most { // before it is quoted
			v = strings.ToValidUTF8(v[:most], "") + "…"
		}
		return cut(jsonText(v))
	}
	return cut(jsonText(plain(value)))
}

// shown is how many characters of a value are shown.
const shown = 100

func cut(text string) string {
	if len(text) <= shown {
		return text
	}
	runes := []rune(text[:min(len(text), 4*shown+4)])
	if len(runes) <= shown {
		return text
	}
	return string(runes[:shown]) + fmt.Sprintf("… (%d bytes)", len(text))
}

// rounded drops what no one reads.
func rounded(d time.Duration) time.Duration {
	if d.Abs() > 10*time.Millisecond {
		return d.Round(100 * time.Microsecond)
	}
	return d.Round(time.Microsecond)
}

func jsonText(value any) string {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return fmt.Sprintf("%T", value)
	}
	return strings.TrimSuffix(out.String(), "\n")
}

// plain turns what Expr makes into what JSON has: lists of any type, times and durations as text.
func plain(value any) any {
	switch v := value.(type) {
	case nil, string, bool, int, float64, Number:
		return value
	case time.Duration:
		return v.String()
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case []byte:
		return string(v)
	case map[string]any:
		object := make(map[string]any, len(v))
		for key, item := range v {
			object[key] = plain(item)
		}
		return object
	}
	if list, ok := items(value); ok {
		out := make([]any, list.Len())
		for i := range out {
			out[i] = plain(list.Index(i).Interface())
		}
		return out
	}
	return value
}
