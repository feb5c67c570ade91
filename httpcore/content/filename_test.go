package content

import (
	"strings"
	"testing"
)

func TestFileName(t *testing.T) {
	for _, tc := range []struct{ disposition, path, mediaType, want string }{
		{`attachment; filename="report.pdf"`, "/x", "", "report.pdf"},
		{`attachment; filename=report.pdf`, "/x", "", "report.pdf"},
		{`attachment; FileName=" a b.txt "; x=y`, "/x", "", "a b.txt"},
		{`attachment; filename=a b.txt`, "/x", "", "a b.txt"},
		{`inline; filename="a;b\"c.txt"`, "/x", "", "a;b_c.txt"},
		{`attachment; filename="EURO.txt"; filename*=UTF-8''%e2%82%ac%20rates.txt`, "/x", "", "€ rates.txt"},
		{`attachment; filename*=ISO-8859-1'en'%A3.txt; filename=x`, "/x", "", "£.txt"},
		{`attachment; filename*=UTF-8''%ff; filename=good.txt`, "/x", "", "good.txt"},
		{`attachment; filename*=koi8-r''%e2; filename=good.txt`, "/x", "", "good.txt"},
		{"attachment; filename=\"caf\xe9.txt\"", "/x", "", "café.txt"},
		{`attachment; filename="../../etc/passwd"`, "/x", "", "passwd"},
		{`attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd`, "/x", "", "passwd"},
		{`attachment; filename="C:\Windows\evil.exe"`, "/x", "", "evil.exe"},
		{`attachment; filename=".bashrc"`, "/x", "", "bashrc"},
		{`attachment; filename="-rf"`, "/x", "", "rf"},
		{`attachment; filename=".."`, "/data.csv", "", "data.csv"},
		{`attachment; filename="nul.txt"`, "/x", "", "_nul.txt"},
		{`attachment; filename="com1"`, "/x", "", "_com1"},
		{"attachment; filename*=UTF-8''a%1b%5b31m%0Ab%E2%80%AEgnp.exe", "/x", "", "a[31mbgnp.exe"},
		{`attachment; filename="a. "`, "/x", "", "a"},
		{`attachment; filename="`, "/x.y", "", "x.y"},
		{`attachment`, "/files/a%20b.zip", "text/html", "a b.zip"},
		{"", "/files/%2e%2e%2fx", "text/plain", "x.txt"},
		{"", "/api/users", "application/json; charset=utf-8", "users.json"},
		{"", "/api/users/", "application/json", "index.json"},
		{"", "/", "text/html", "index.html"},
		{"", "", "", "index"},
	} {
		if got := FileName(tc.disposition, tc.path, tc.mediaType); got != tc.want {
			t.Errorf("FileName(%q, %q, %q) = %q, want %q", tc.disposition, tc.path, tc.mediaType, got, tc.want)
		}
	}
	long := FileName("attachment; filename="+strings.Repeat("é", 300)+".txt", "", "")
	if len(long) > longestName || !strings.HasSuffix(long, "é.txt") {
		t.Errorf("a long name becomes %d bytes: …%q", len(long), long[len(long)-10:])
	}
}
