package har

import (
	"encoding/base64"
	"unicode/utf8"

	"parley/httpcore"
)

// Bytes returns what of the piece is kept, as it went over the wire.
func (w Wire) Bytes() ([]byte, error) { return decodeText(w.Text, w.Encoding) }

// wireOf lists a wire log, in which secrets are marked already. What was left out of it as a whole is told by its last piece.
func wireOf(log *httpcore.WireLog) []Wire {
	if log == nil {
		return nil
	}
	list := make([]Wire, 0, len(log.Entries))
	for _, entry := range log.Entries {
		wire := Wire{Time: milliseconds(entry.At), Sent: entry.Sent, Frame: entry.Frame, Text: string(entry.Data), Omitted: entry.Omitted}
		if !utf8.Valid(entry.Data) {
			wire.Text, wire.Encoding = base64.StdEncoding.EncodeToString(entry.Data), "base64"
		}
		list = append(list, wire)
	}
	return list
}
