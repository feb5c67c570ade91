package document

import (
	"bytes"
	"mime"
	"strings"
)

// dialect is how delimited text is written.
type dialect struct {
	delimiter byte
	titles    int64 // where the header line begins, if there is one
	from      int64 // where the records begin, behind it
	header    bool
}

// delimiters are those that are told apart, the likeliest first.
const delimiters = ",;\t|"

// dialectSample is how many records tell a dialect.
const dialectSample = 100

// tellDialect tells a dialect from the first bytes of a body and its type,
// which may name it. even says that every record has as many fields, more than
// one, and that there are some.
func tellDialect(head []byte, ended bool, contentType string) (d dialect, even bool) {
	media, params, _ := mime.ParseMediaType(contentType)
	if bytes.HasPrefix(head, []byte(byteOrderMark)) {
		d.from = int64(len(byteOrderMark))
	}
	rest := head[d.from:]
	switch {
	case len(rest) > 5 && string(rest[:4]) == "sep=" && (rest[5] == '\r' || rest[5] == '\n'): // as Excel says it
		d.delimiter = rest[4]
		d.from += int64(bytes.IndexByte(append(rest[5:len(rest):len(rest)], '\n'), '\n') + 6)
	case media == "text/tab-separated-values":
		d.delimiter = '\t'
	default:
		d.delimiter, even = sniffDelimiter(rest, ended)
	}
	d.from = min(d.from, int64(len(head)))
	rest = head[d.from:]
	blank := len(rest) - len(bytes.TrimLeft(rest, "\r\n"))
	d.titles = d.from + int64(blank)
	n, complete := readCSVRecord(rest[blank:], d.delimiter, ended, func(csvField) {})
	switch params["header"] {
	case "present":
		d.header = true
	case "absent":
	default:
		d.header = looksLikeHeader(sampleCSV(rest, d.delimiter, ended))
	}
	if d.header = d.header && complete && n > 0; d.header {
		d.from = d.titles + int64(n)
	}
	return d, even
}

// sniffDelimiter picks the delimiter by which most records have the same
// number of fields, and the more fields the better.
func sniffDelimiter(text []byte, ended bool) (delimiter byte, even bool) {
	const fewest = 3 // records that prove something
	delimiter = delimiters[0]
	best := 0.0
	for i := range len(delimiters) {
		records := sampleCSV(text, delimiters[i], ended)
		counts, most := map[int]int{}, 0
		for _, r := range records {
			counts[len(r)]++
			if counts[len(r)] > counts[most] {
				most = len(r)
			}
		}
		if most < 2 {
			continue
		}
		share := float64(counts[most]) / float64(len(records))
		if score := share + float64(min(most, 20))/100; score > best {
			best, delimiter = score, delimiters[i]
			even = share == 1 && len(records) >= fewest
		}
	}
	return delimiter, even
}

// sampleCSV reads the first records, as far as they are whole.
func sampleCSV(text []byte, delimiter byte, ended bool) (records [][]string) {
	for len(records) < dialectSample {
		text = bytes.TrimLeft(text, "\r\n")
		if len(text) == 0 {
			break
		}
		var fields []string
		n, complete := readCSVRecord(text[:min(len(text), maxRecord)], delimiter, ended && len(text) <= maxRecord, func(f csvField) {
			if len(fields) < maxColumns {
				fields = append(fields, string(text[f.start:min(f.end, f.start+maxCell)]))
			}
		})
		if !complete && len(records) > 0 {
			break
		}
		if records = append(records, fields); !complete {
			break
		}
		text = text[n:]
	}
	return records
}

// looksLikeHeader reports whether the first record names columns: its fields
// are words, each another, and none comes back in its column.
func looksLikeHeader(records [][]string) bool {
	if len(records) == 0 {
		return false
	}
	names := map[string]bool{}
	for i, name := range records[0] {
		name = strings.TrimSpace(name)
		if isNumber([]byte(name)) || names[name] || name == "" && i > 0 && i < len(records[0])-1 {
			return false
		}
		names[name] = true
		for _, r := range records[1:] {
			if i < len(r) && name != "" && strings.TrimSpace(r[i]) == name {
				return false
			}
		}
	}
	return true
}

// isNumber reports whether a field is a number as people and programs write
// it, in digits.
func isNumber(b []byte) bool {
	b = bytes.TrimSpace(b)
	if len(b) > 1 && (b[0] == '-' || b[0] == '+') {
		b = b[1:]
	}
	if len(b) == 0 || len(b) > maxCell {
		return false
	}
	digits, exponent := 0, false
	for i, c := range b {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case (c == '.' || c == ',') && !exponent:
		case (c == 'e' || c == 'E') && digits > 0 && !exponent && i < len(b)-1:
			exponent = true
		case (c == '-' || c == '+') && (b[i-1] == 'e' || b[i-1] == 'E') && i < len(b)-1:
		case c == '%' && i == len(b)-1:
		default:
			return false
		}
	}
	return digits > 0
}
