package har

import (
	"encoding/base64"
	"encoding/json"
	"strconv"
	"strings"
)

// Version is the version of HAR that is written.
const Version = "1.2"

// Log is a whole archive.
type Log struct {
	Version string  `json:"version"`
	Creator Creator `json:"creator"`
	Entries []Entry `json:"entries"`
}

// Creator names the program that wrote an archive.
type Creator struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Entry is one request with its response.
type Entry struct {
	StartedDateTime string   `json:"startedDateTime"`
	Time            Number   `json:"time"` // milliseconds
	Request         Request  `json:"request"`
	Response        Response `json:"response"`
	Cache           struct{} `json:"cache"`
	Timings         Timings  `json:"timings"`
	ServerIPAddress string   `json:"serverIPAddress,omitempty"`
	Connection      string   `json:"connection,omitempty"`
	Comment         string   `json:"comment,omitempty"`

	Attempt      int    `json:"_attempt,omitempty"`
	Error        *Error `json:"_error,omitempty"`
	SavedRequest string `json:"_request,omitempty"`
	Wire         []Wire `json:"_wire,omitempty"`
	// Captured and Expect stand in the last entry of an exchange.
	Captured []Captured `json:"_captured,omitempty"`
	Expect   []Expect   `json:"_expect,omitempty"`
}

// Captured is a value that was taken from the response, as text; or why there is none.
type Captured struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Secret bool   `json:"secret,omitempty"`
	Error  string `json:"error,omitempty"`
}

// Expect is what came of an expectation. The explanation says in lines why it failed.
type Expect struct {
	Name        string   `json:"name"`
	Expression  string   `json:"expression"`
	Passed      bool     `json:"passed"`
	Explanation []string `json:"explanation,omitempty"`
}

// Wire is a piece of what went over the wire: exact bytes on HTTP/1.1, a frame in readable form on HTTP/2 and HTTP/3.
type Wire struct {
	Time     Number `json:"time"` // milliseconds after startedDateTime
	Sent     bool   `json:"sent"`
	Frame    string `json:"frame,omitempty"`
	Text     string `json:"text,omitempty"`
	Encoding string `json:"encoding,omitempty"` // "base64" when the bytes are not UTF-8
	Omitted  int64  `json:"omitted,omitempty"`  // bytes that are not in Text
}

// Error says why an entry has no whole response.
type Error struct {
	Kind    string `json:"kind"`
	Message string `json:"message"`
	Hint    string `json:"hint,omitempty"`
}

// UnmarshalJSON reads Parley's form, and the plain text that browsers write under the same name.
func (e *Error) UnmarshalJSON(data []byte) error {
	var text string
	if json.Unmarshal(data, &text) == nil {
		*e = Error{Message: text}
		return nil
	}
	type plain Error
	return json.Unmarshal(data, (*plain)(e))
}

// Request is a request as it was sent.
type Request struct {
	Method      string    `json:"method"`
	URL         string    `json:"url"`
	HTTPVersion string    `json:"httpVersion"`
	Cookies     []Cookie  `json:"cookies"`
	Headers     []Field   `json:"headers"`
	QueryString []Field   `json:"queryString"`
	PostData    *PostData `json:"postData,omitempty"`
	HeadersSize Number    `json:"headersSize"`
	BodySize    Number    `json:"bodySize"`
}

// Response is a response as it came. Status 0 means that there was none.
type Response struct {
	Status      Number   `json:"status"`
	StatusText  string   `json:"statusText"`
	HTTPVersion string   `json:"httpVersion"`
	Cookies     []Cookie `json:"cookies"`
	Headers     []Field  `json:"headers"`
	Content     Content  `json:"content"`
	RedirectURL string   `json:"redirectURL"`
	HeadersSize Number   `json:"headersSize"`
	BodySize    Number   `json:"bodySize"`
}

// Field is a header field or a parameter of a query.
type Field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// Cookie is a cookie of a request (name and value only) or of a Set-Cookie field.
type Cookie struct {
	Name     string `json:"name"`
	Value    string `json:"value"`
	Path     string `json:"path,omitempty"`
	Domain   string `json:"domain,omitempty"`
	Expires  string `json:"expires,omitempty"`
	HTTPOnly bool   `json:"httpOnly,omitempty"`
	Secure   bool   `json:"secure,omitempty"`
	SameSite string `json:"sameSite,omitempty"`
}

// PostData is the content of a request.
type PostData struct {
	MimeType string  `json:"mimeType"`
	Params   []Param `json:"params,omitempty"`
	Text     string  `json:"text"`
	Encoding string  `json:"_encoding,omitempty"`
}

// Param is one field of a form.
type Param struct {
	Name        string `json:"name"`
	Value       string `json:"value"`
	FileName    string `json:"fileName,omitempty"`
	ContentType string `json:"contentType,omitempty"`
}

// Content is the content of a response with its codings removed.
type Content struct {
	Size        Number `json:"size"`
	Compression Number `json:"compression,omitempty"`
	MimeType    string `json:"mimeType"`
	Text        string `json:"text,omitempty"`
	Encoding    string `json:"encoding,omitempty"`
}

// Bytes returns the content itself.
func (c Content) Bytes() ([]byte, error) { return decodeText(c.Text, c.Encoding) }

// Bytes returns the content itself; what is only there as Params is left to the reader.
func (p PostData) Bytes() ([]byte, error) { return decodeText(p.Text, p.Encoding) }

func decodeText(text, encoding string) ([]byte, error) {
	if strings.EqualFold(encoding, "base64") {
		return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(text), ""))
	}
	return []byte(text), nil
}

// Timings are milliseconds; -1 is a phase that did not happen. SSL is a part of Connect.
type Timings struct {
	Blocked Number `json:"blocked"`
	DNS     Number `json:"dns"`
	Connect Number `json:"connect"`
	SSL     Number `json:"ssl"`
	Send    Number `json:"send"`
	Wait    Number `json:"wait"`
	Receive Number `json:"receive"`
}

// Number is a number that others write as a float, a string or null where the specification asks for an integer.
type Number float64

// UnmarshalJSON takes a number, a number in quotes, or null for -1, HAR's word for unknown.
func (n *Number) UnmarshalJSON(data []byte) error {
	text := strings.Trim(string(data), `"`)
	if text == "null" || text == "" {
		*n = -1
		return nil
	}
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return &json.UnmarshalTypeError{Value: "string", Type: numberType}
	}
	*n = Number(f)
	return nil
}
