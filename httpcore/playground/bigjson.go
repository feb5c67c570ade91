package playground

import (
	"bufio"
	"io"
	"net/http"
	"strconv"
)

// bigJSON sends a JSON document of exactly the size that was asked for, record by record: the same each time, with numbers no
// float holds, escapes, text of many scripts and nesting, indented or on a single line.
func bigJSON(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	size := p.size("size", 1<<20)
	if size < 2 {
		p.fail("size", "the shortest document has 2 bytes")
	}
	minified, rate := p.flag("minified"), p.size("rate", 0)
	if !p.ok(w) {
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	if r.Method == http.MethodHead {
		return
	}
	layout := indented
	if minified {
		layout = compact
	}
	var out io.Writer = w
	if rate > 0 {
		out = &paced{w: flushing{w}, rate: rate, ctx: r.Context()}
	}
	buf := bufio.NewWriterSize(out, 64<<10)
	if writeBigJSON(buf, size, layout) == nil {
		_ = buf.Flush() // fails only when the client has gone
	}
}

// A jsonLayout is the white space of a document.
type jsonLayout struct{ open, between, colon, line, inner, closing string }

var (
	indented = jsonLayout{"[\n  ", ",\n  ", ": ", ",\n    ", "\n    ", "\n  "}
	compact  = jsonLayout{"[", ",", ":", ",", "", ""}
)

// writeBigJSON writes an array of records and a final string that fills it to size bytes.
func writeBigJSON(w io.Writer, size int64, l jsonLayout) error {
	if size < int64(len(l.open)+len(`""]`)) {
		// Too short for any element: an empty array, and the white space that JSON allows after it.
		_, err := w.Write(append([]byte("[]"), spaces(int(size)-2)...))
		return err
	}
	left := size - int64(len(l.open)) - 1
	if _, err := io.WriteString(w, l.open); err != nil {
		return err
	}
	var record []byte
	for n := 0; ; n++ {
		record = append(l.appendRecord(record[:0], n), l.between...)
		if int64(len(record)+len(`""`)) > left {
			break
		}
		if _, err := w.Write(record); err != nil {
			return err
		}
		left -= int64(len(record))
	}
	return writeFiller(w, left)
}

// writeFiller ends the array with a string of exactly left bytes, quotes included. A record is short, and so is this.
func writeFiller(w io.Writer, left int64) error {
	filler := append([]byte{'"'}, spaces(int(left)-2)...)
	for i := range filler[1:] {
		filler[1+i] = '.'
	}
	_, err := w.Write(append(filler, '"', ']'))
	return err
}

func spaces(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = ' '
	}
	return b
}

var (
	bigNames = []string{"Ada Lovelace", "Grace Hopper", `Jean \"Hedy\" Lamarr`, "Zoë Ångström", "まつもとゆきひろ", "Ольга 🧪", `back\\slash`, `tab\tstop \u00e9`}
	bigTags  = []string{"admin", "beta", "staff", "guest", "on-call"}
)

func (l *jsonLayout) appendRecord(b []byte, n int) []byte {
	x := mix(uint64(n))
	key := func(name, separator string) {
		b = append(b, separator...)
		b = append(b, '"')
		b = append(b, name...)
		b = append(b, '"')
		b = append(b, l.colon...)
	}
	b = append(b, '{')
	key("id", l.inner)
	b = strconv.AppendInt(b, int64(n), 10)
	key("serial", l.line)
	b = strconv.AppendUint(append(b, '9'), 1e18+x%1e18, 10) // 20 digits: more than a float or an int64 holds
	key("name", l.line)
	b = append(append(append(b, '"'), bigNames[x%uint64(len(bigNames))]...), '"')
	key("active", l.line)
	b = strconv.AppendBool(b, x&1 == 0)
	key("balance", l.line)
	b = strconv.AppendUint(b, x>>40%100000, 10)
	b = append(b, '.', '0'+byte(x>>8%10), '0') // 12.50 must not become 12.5
	key("manager", l.line)
	if n == 0 {
		b = append(b, "null"...)
	} else {
		b = strconv.AppendUint(b, x%uint64(n), 10)
	}
	key("tags", l.line)
	b = append(append(append(b, `["`...), bigTags[x>>16%uint64(len(bigTags))]...), `"]`...)
	key("position", l.line)
	b = append(b, '{')
	key("lat", "")
	b = strconv.AppendFloat(b, float64(x>>20%180_000)/1000-90, 'f', 3, 64)
	key("lon", ",")
	b = strconv.AppendFloat(b, float64(x>>24%360_000)/1000-180, 'f', 3, 64)
	b = append(b, '}')
	b = append(b, l.closing...)
	return append(b, '}')
}
