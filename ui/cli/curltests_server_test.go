package cli_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// replayServer answers as the server of curl's own tests does: which part of a case it replies with follows from the
// number in the path and from the credentials that came.
type replayServer struct {
	listener net.Listener
	parts    map[string]string // data, data1000, connect …

	mu       sync.Mutex
	received []string // requests, byte for byte, in order
	bounced  map[string]int
	conns    sync.WaitGroup
}

// replay returns a server that has an address, and answers once it was started.
func replay(t *testing.T) *replayServer {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &replayServer{listener: listener, bounced: map[string]int{}}
	return s
}

// start answers with the parts of a case.
func (s *replayServer) start(parts map[string]string) {
	s.parts = parts
	s.conns.Go(s.accept)
}

func (s *replayServer) close() {
	s.listener.Close()
	s.conns.Wait()
}

func (s *replayServer) address() string { return s.listener.Addr().String() }

func (s *replayServer) accept() {
	for {
		conn, err := s.listener.Accept()
		if err != nil {
			return
		}
		s.conns.Go(func() { s.serve(conn) })
	}
}

func (s *replayServer) serve(conn net.Conn) {
	defer conn.Close()
	r := bufio.NewReader(conn)
	for {
		head, err := readHead(r)
		if err != nil {
			return
		}
		body := readContent(r, head)
		s.mu.Lock()
		s.received = append(s.received, head+body)
		reply := s.reply(head)
		s.mu.Unlock()
		_, err = io.WriteString(conn, reply)
		if seconds, ok := strings.CutPrefix(strings.TrimSpace(s.parts["postcmd"]), "wait "); ok {
			s.hold(conn, seconds)
		}
		if err != nil || reply == "" || strings.Contains(reply, "swsclose") || !isBounded(reply) {
			return
		}
	}
}

// hold keeps a connection open until the client gives up, for so many seconds at most.
func (s *replayServer) hold(conn net.Conn, seconds string) {
	n, err := strconv.Atoi(seconds)
	if err != nil {
		return
	}
	_ = conn.SetReadDeadline(time.Now().Add(time.Duration(n) * time.Second))
	_, _ = io.Copy(io.Discard, conn)
	_ = conn.SetReadDeadline(time.Time{})
}

func readHead(r *bufio.Reader) (string, error) {
	var head strings.Builder
	for {
		line, err := r.ReadString('\n')
		head.WriteString(line)
		if err != nil {
			return "", err
		}
		if strings.TrimRight(line, "\r\n") == "" {
			return head.String(), nil
		}
	}
}

// readContent reads what the head promises, as it comes: with the framing of chunks.
func readContent(r *bufio.Reader, head string) string {
	switch {
	case strings.EqualFold(field(head, "Transfer-Encoding"), "chunked"):
		var all strings.Builder
		for {
			line, err := r.ReadString('\n')
			all.WriteString(line)
			size, bad := strconv.ParseInt(strings.TrimSpace(line), 16, 64)
			if err != nil || bad != nil {
				return all.String()
			}
			n, _ := io.CopyN(&all, r, size+2)
			if size == 0 || n < size+2 {
				return all.String()
			}
		}
	case field(head, "Content-Length") != "":
		n, _ := strconv.Atoi(field(head, "Content-Length"))
		content := make([]byte, n)
		n, _ = io.ReadFull(r, content)
		return string(content[:n])
	default:
		return ""
	}
}

// isBounded reports whether the end of a reply can be told without the end of the connection.
func isBounded(reply string) bool {
	return field(reply, "Content-Length") != "" || field(reply, "Transfer-Encoding") != "" || strings.Contains(reply, " 304 ") || strings.Contains(reply, " 204 ") ||
		strings.Contains(reply, "Mighty fine")
}

func field(head, name string) string {
	for line := range strings.Lines(head) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(key, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// reply chooses the part that answers a request.
func (s *replayServer) reply(head string) string {
	line, _, _ := strings.Cut(head, "\n")
	words := strings.Fields(line)
	if len(words) < 2 {
		return ""
	}
	kind, part := "data", partOf(words[1])
	if words[0] == "CONNECT" {
		kind = "connect"
	}
	switch {
	case strings.Contains(head, "Authorization: Digest"):
		part += 1000
	case strings.Contains(head, "Authorization: NTLM TlRMTVNTUAAD"):
		part += 1002
	case strings.Contains(head, "Authorization: NTLM"):
		part += 1001
	case part >= 1000 && strings.Contains(head, "Authorization: Basic"):
		part++
	}
	name := kind
	if part > 0 {
		name += strconv.Itoa(part)
	}
	if n := s.bounced[name]; n > 0 {
		next := kind + strconv.Itoa(part+n)
		if _, ok := s.parts[next]; ok {
			s.bounced[name]++
			return s.parts[next]
		}
	}
	reply, ok := s.parts[name]
	if !ok && kind == "connect" {
		return "HTTP/1.1 200 Mighty fine indeed\r\n\r\n"
	}
	if strings.Contains(reply, "swsbounce") {
		s.bounced[name]++
	}
	return reply
}

// partOf takes the part from the last number of a target: 110002 is part 2 of test 11.
func partOf(target string) int {
	if host, _, err := net.SplitHostPort(target); err == nil && !strings.Contains(target, "/") {
		target = host
	}
	words := strings.FieldsFunc(target, func(r rune) bool { return r == '/' || r == '.' })
	for _, word := range slices.Backward(words) {
		digits := word[:len(word)-len(strings.TrimLeft(word, "0123456789"))]
		if n, err := strconv.Atoi(digits); err == nil {
			if n > 10000 {
				return n % 10000
			}
			return 0
		}
	}
	return 0
}

// requests splits what was received, or what curl is said to have sent, into messages.
func requests(data string) []string {
	var list []string
	r := bufio.NewReader(bytes.NewReader([]byte(data)))
	for {
		head, err := readHead(r)
		if err != nil {
			return list
		}
		list = append(list, head+readContent(r, head))
	}
}
