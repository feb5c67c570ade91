package har

import (
	"encoding/base64"
	"unicode/utf8"

	"parley/httpcore"
)

// Bytes returns what of the piece is kept, as it went over the wire.
func (w Wire) Bytes() ([]byte, error) { return decodeText(w.Text, w.Encoding) }

// wireOf lists a wire log. Secrets in it are marked already, but for those that became known after it was written.
func wireOf(log *httpcore.WireLog, m *httpcore.Masker) []Wire {
	if log == nil {
		return nil
	}
	list := make([]Wire, 0, len(log.Entries))
	for _, entry := range log.Entries {
		data := m.Bytes(entry.Data)
		wire := Wire{Time: milliseconds(entry.At), Sent: entry.Sent, Frame: entry.Frame, Text: string(data), Omitted: entry.Omitted}
		if !utf8.Valid(data) {
			wire.Text, wire.Encoding = base64.StdEncoding.EncodeToString(data), "base64"
		}
		list = append(list, wire)
	}
	return list
}
