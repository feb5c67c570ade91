package cookies

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"
)

// The cookies.txt of Netscape, as curl, wget and browsers' exports write it: a cookie a line, of seven fields that TABs
// part: domain, whether the hosts below are meant, path, whether it is Secure, its end in seconds since 1970 (0 for a
// session's), name, value. It has no place for SameSite and Partitioned.

const (
	netscapeHead     = "# Netscape HTTP Cookie File\n# Parley wrote this. It holds credentials: treat it as you would a password.\n\n"
	netscapeHTTPOnly = "#HttpOnly_"
	// maxLine bounds a line: name and value take 4096 bytes, domain and path a kilobyte each.
	maxLine = 16 << 10
	// maxRead is how many cookies of a file are taken, more than a jar has room for; maxProblems how many problems are told
	// one by one. A file may be another one than was meant, and of any size.
	maxRead     = 4 * maxCookies
	maxProblems = 100
)

// lastSecond is the last one of the year 9999, beyond which nothing can be written as a date.
var lastSecond = time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC).Unix()

// Problem is something about a cookies.txt that could not be done.
type Problem struct {
	// Line counts from 1 in what was read; 0 when writing, and for what is about the file.
	Line int
	// Name is the cookie's, where there is one.
	Name string
	// Message is a sentence without a full stop. It does not hold the cookie's value.
	Message string
}

// String is the problem as a line of text.
func (p Problem) String() string {
	text := p.Message
	if p.Name != "" {
		text = p.Name + ": " + text
	}
	if p.Line > 0 {
		text = fmt.Sprintf("line %d: %s", p.Line, text)
	}
	return text
}

// ReadNetscape reads a cookies.txt. It takes what curl and browsers' exports write: comments, #HttpOnly_, CRLF, a byte
// order mark, blanks in the place of TABs, TRUE in any case, fractions of a second, an end of -1, and a missing value. A
// line that makes no cookie is a problem, and the rest is read all the same, within bounds: that there is more is the last
// problem then. The error is that of r.
func ReadNetscape(r io.Reader) ([]Cookie, []Problem, error) {
	var list []Cookie
	var problems []Problem
	moreCookies, moreProblems := 0, 0
	lines := bufio.NewReaderSize(r, maxLine)
	for number := 1; ; number++ {
		line, long, err := readLine(lines)
		if err != nil && err != io.EOF {
			return list, problems, err
		}
		if number == 1 {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		c, ok, why := netscapeCookie(line)
		if long {
			ok, why = false, fmt.Sprintf("it is longer than %d bytes", maxLine)
		}
		switch {
		case why != "" && len(problems) == maxProblems:
			moreProblems++
		case ok && len(list) == maxRead:
			moreCookies++
		case why != "":
			problems = append(problems, Problem{Line: number, Name: c.Name, Message: why})
		case ok:
			list = append(list, c)
		}
		if err == io.EOF {
			return list, appendMore(problems, moreCookies, moreProblems), nil
		}
	}
}

// appendMore says what a file has beyond the bounds.
func appendMore(problems []Problem, moreCookies, moreProblems int) []Problem {
	if moreCookies > 0 {
		problems = append(problems, Problem{Message: fmt.Sprintf("%d cookies behind the first %d are left out", moreCookies, maxRead)})
	}
	if moreProblems > 0 {
		problems = append(problems, Problem{Message: fmt.Sprintf("%d more lines make no cookie", moreProblems)})
	}
	return problems
}

// readLine returns the next line without its end. Of one that is too long it returns the beginning, and skips the rest.
func readLine(r *bufio.Reader) (line string, long bool, err error) {
	data, err := r.ReadSlice('\n')
	line = strings.TrimRight(string(data), "\r\n")
	for err == bufio.ErrBufferFull {
		long = true
		_, err = r.ReadSlice('\n')
	}
	return line, long, err
}

// netscapeCookie reads one line. A comment or an empty line is neither a cookie nor a problem.
func netscapeCookie(line string) (c Cookie, ok bool, why string) {
	line, httpOnly := strings.CutPrefix(line, netscapeHTTPOnly)
	if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
		return c, false, ""
	}
	fields := strings.Split(line, "\t")
	if len(fields) == 1 {
		fields = strings.Fields(line)
	}
	if len(fields) == 6 {
		fields = append(fields, "") // curl and wget leave an empty value out
	}
	if len(fields) != 7 {
		return c, false, fmt.Sprintf("it has %d fields and not 7 with TABs between: it is no line of a cookies.txt", len(fields))
	}
	expires, ok := netscapeTime(fields[4])
	if !ok {
		return c, false, "its end is no number of seconds"
	}
	domain, dotted := strings.CutPrefix(fields[0], ".")
	c = Cookie{
		Name: fields[5], Value: fields[6], Domain: asciiDomain(domain), Path: cmp.Or(fields[2], "/"), Expires: expires,
		HostOnly: !isTrue(fields[1]), Secure: isTrue(fields[3]), HTTPOnly: httpOnly,
	}
	if dotted && !isAddress(c.Domain) {
		c.HostOnly = false // exports that have the dot mean it, whatever they write behind it
	}
	if isAddress(c.Domain) || !c.HostOnly && isPublicSuffix(c.Domain) {
		c.HostOnly = true // as when a server on that very host names it
	}
	if err := c.Check(); err != nil {
		return Cookie{Name: c.Name}, false, strings.ReplaceAll(err.Error(), "\n", "; ")
	}
	return c, true, ""
}

func isTrue(field string) bool { return strings.EqualFold(field, "TRUE") || field == "1" }

// netscapeTime reads seconds since 1970. Nothing, 0 and -1 stand for the end of the session.
func netscapeTime(field string) (time.Time, bool) {
	if field == "" {
		return time.Time{}, true
	}
	seconds, err := strconv.ParseFloat(field, 64)
	switch {
	case err != nil || math.IsNaN(seconds):
		return time.Time{}, false
	case seconds <= 0:
		return time.Time{}, true
	case seconds >= float64(lastSecond):
		return time.Unix(lastSecond, 0).UTC(), true
	default:
		return time.Unix(max(int64(seconds), 1), 0).UTC(), true // 0 would make it a session's
	}
}

// WriteNetscape writes cookies as a cookies.txt. The problems say what of them the format cannot hold; a cookie of which
// it cannot hold the name or the value is left out. The error is that of w.
func WriteNetscape(w io.Writer, list []Cookie) ([]Problem, error) {
	var problems []Problem
	var text strings.Builder
	text.WriteString(netscapeHead)
	for _, c := range list {
		if strings.Contains(c.Name+c.Value+c.Path, "\t") {
			problems = append(problems, Problem{Name: c.Name, Message: "it is left out: the format cannot hold a TAB in it"})
			continue
		}
		if lost := c.lostInNetscape(); lost != "" {
			problems = append(problems, Problem{Name: c.Name, Message: "the format has no place for its " + lost})
		}
		c.writeNetscape(&text)
	}
	_, err := io.WriteString(w, text.String())
	return problems, err
}

func (c *Cookie) lostInNetscape() string {
	var lost []string
	if c.SameSite != SameSiteDefault {
		lost = append(lost, "SameSite="+string(c.SameSite))
	}
	if c.Partitioned {
		lost = append(lost, "Partitioned")
	}
	return strings.Join(lost, " and ")
}

func (c *Cookie) writeNetscape(w *strings.Builder) {
	if c.HTTPOnly {
		w.WriteString(netscapeHTTPOnly)
	}
	domain, below := c.Domain, "FALSE"
	if !c.HostOnly {
		domain, below = "."+c.Domain, "TRUE"
	}
	secure := "FALSE"
	if c.Secure {
		secure = "TRUE"
	}
	seconds := int64(0)
	if !c.Expires.IsZero() {
		seconds = max(c.Expires.Unix(), 1) // 0 would make it a session's
	}
	fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%d\t%s\t%s\n", domain, below, c.Path, secure, seconds, c.Name, c.Value)
}
