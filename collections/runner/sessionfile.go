package runner

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

	"parley/httpcore/cookies"
)

// sessionVersion is the format of session files. A file of a later one is left alone.
const sessionVersion = 1

// sessionFile is what a session's file holds.
type sessionFile struct {
	Version int `json:"version"`
	// Name is for whoever finds the file.
	Name    string       `json:"name"`
	Saved   time.Time    `json:"saved"`
	Cookies []keptCookie `json:"cookies"`
}

type keptCookie struct {
	Name        text             `json:"name"`
	Value       text             `json:"value"`
	Domain      string           `json:"domain"`
	HostOnly    bool             `json:"host_only,omitempty"`
	Path        text             `json:"path"`
	Expires     time.Time        `json:"expires,omitzero"`
	Secure      bool             `json:"secure,omitempty"`
	HTTPOnly    bool             `json:"http_only,omitempty"`
	SameSite    cookies.SameSite `json:"same_site,omitempty"`
	Partitioned bool             `json:"partitioned,omitempty"`
	Created     time.Time        `json:"created"`
	Updated     time.Time        `json:"updated"`
	Used        time.Time        `json:"used"`
	Ended       bool             `json:"ended,omitempty"`
}

// text is a string as JSON has it, or in Base64 where it is not UTF-8, which JSON cannot hold.
type text string

// MarshalJSON writes a string, or {"base64": "…"}.
func (t text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		return json.Marshal(string(t))
	}
	return json.Marshal(map[string][]byte{"base64": []byte(t)})
}

// UnmarshalJSON reads either.
func (t *text) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '{' {
		var coded struct{ Base64 []byte }
		err := json.Unmarshal(data, &coded)
		*t = text(coded.Base64)
		return err
	}
	return json.Unmarshal(data, (*string)(t))
}

func encodeSession(name string, saved time.Time, list []cookies.Cookie) ([]byte, error) {
	f := sessionFile{Version: sessionVersion, Name: name, Saved: saved, Cookies: make([]keptCookie, len(list))}
	for i, c := range list {
		f.Cookies[i] = keptCookie{
			Name: text(c.Name), Value: text(c.Value), Domain: c.Domain, HostOnly: c.HostOnly, Path: text(c.Path),
			Expires: c.Expires, Secure: c.Secure, HTTPOnly: c.HTTPOnly, SameSite: c.SameSite, Partitioned: c.Partitioned,
			Created: c.Created, Updated: c.Updated, Used: c.Used, Ended: c.Ended,
		}
	}
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(f)
	return b.Bytes(), err
}

// decodeSession reads a session's file. An error tells what is wrong, but not what stands there: that may be a credential.
func decodeSession(data []byte) ([]cookies.Cookie, time.Time, error) {
	var f sessionFile
	if err := json.Unmarshal(data, &f); err != nil {
		if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
			return nil, time.Time{}, fmt.Errorf("it is broken in line %d", 1+bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n")))
		}
		return nil, time.Time{}, errors.New("it is no session that Parley wrote")
	}
	if f.Version != sessionVersion {
		return nil, time.Time{}, fmt.Errorf("it has the format %d, and this version of Parley reads %d", f.Version, sessionVersion)
	}
	list := make([]cookies.Cookie, len(f.Cookies))
	for i, k := range f.Cookies {
		c := cookies.Cookie{
			Name: string(k.Name), Value: string(k.Value), Domain: k.Domain, HostOnly: k.HostOnly, Path: string(k.Path),
			Expires: k.Expires, Secure: k.Secure, HTTPOnly: k.HTTPOnly, SameSite: k.SameSite, Partitioned: k.Partitioned,
			Created: k.Created, Updated: k.Updated, Used: k.Used, Ended: k.Ended,
		}
		if err := c.CheckPair(); err != nil {
			return nil, time.Time{}, fmt.Errorf("its cookie number %d is broken: %w", i+1, err)
		}
		list[i] = c
	}
	return list, f.Saved, nil
}
