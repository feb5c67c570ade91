package document

import (
	"strings"
	"testing"
)

func TestPreviews(t *testing.T) {
	const boundary = "multipart/form-data; boundary=b"
	for _, tc := range []struct {
		name, body, media string
		width             int
		want              string
	}{
		{name: "a form", media: "application/x-www-form-urlencoded", width: 60, body: "name=Ada+Lovelace&e-mail=ada%40example.com&&tags%5b%5d=%C3%A9%E6%97%A5%F0%9F%98%80&empty=&flag&a=b=c", want: `
  1│name    Ada Lovelace│
  2│e-mail  ada@example.com│
  3│tags[]  é日😀│
  4│empty   ""│
  5│flag│
  6│a       b=c│
`},
		{name: "bad escapes", media: "application/x-www-form-urlencoded", width: 60, body: "a=100%&b=%zz%4&c=%ff%00%1b[31m%0d%0a&%e2%80%ae=%E2%82", want: `
  1│a         100%│
  2│b         %zz%4│
  3│c         ‹FF›␀␛[31m␍␊│
  4│‹U+202E›  ‹E2›‹82›│
`},
		{name: "a long value", media: "application/x-www-form-urlencoded", width: 30, body: "a=" + strings.Repeat("%C3%A9", 16) + "&b=1", want: `
  1│a  éééééééééééééééé│
  2│b  1│
`},
		{name: "multipart", media: boundary, width: 80, body: "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nHello\r\nworld\r\n--b\r\n" +
			"Content-Disposition: form-data; name=\"file\"; filename=\"a;b.png\"\r\nContent-Type: image/png\r\nX-Trace: 1\r\n\r\n\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 12000) + "\r\n--b\r\n" +
			"Content-Disposition: form-data; name=none\r\n\r\n\r\n--b--\r\n", want: `
  1│part 1  title│
  2│  Hello│
  3│  world│
  4│part 2  file  file a;b.png  image/png  X-Trace: 1│
  5│  binary, 12.0 KB│
  6│part 3  none│
   │  empty│
`},
		{name: "nested", media: "multipart/mixed; boundary=b", width: 80, body: "preamble\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\nContent-Disposition: attachment; filename*=UTF-8''%e2%82%ac%20+.txt\n\none\n--c\n\ntwo\n--c--\n--b\n\nthree\n--b--\nepilogue", want: `
  1│part 1  multipart/mixed; boundary=c│
  2│    part 1  attachment  file € +.txt│
  3│      one│
  4│    part 2│
  5│      two│
  6│part 2│
  7│  three│
`},
		{name: "ranges", media: "multipart/byteranges; boundary=b", width: 80, body: "--b\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-4/100\r\n\r\nabcde\r\n--b--\r\n", want: `
  1│part 1  text/plain  Content-Range: bytes 0-4/100│
  2│  abcde│
`},
		{name: "no last boundary", media: boundary, width: 80, body: "--b\r\nContent-Type: application/pdf\r\n\r\n%PDF-", want: `
  1│part 1  application/pdf│
  2│  binary, 5 bytes│
   │✗ the body ends without its last boundary│
`},
		{name: "no boundary in the body", media: boundary, width: 80, body: "--x\r\n\r\nhello", want: `
   │✗ no part begins: the boundary does not occur│
`},
		{name: "no boundary in the type", media: "multipart/mixed", width: 80, body: "--x\r\n\r\nhello\r\n--x--", want: `
   ║✗ the Content-Type names no boundary; the first line tells it│
  1│part 1│
  2│  hello│
`},
		{name: "no boundary anywhere", media: "multipart/mixed", width: 80, body: "hello\nthere", want: `
   ║✗ the Content-Type names no boundary│
  1│hello│
  2│there│
`},
		{name: "an inner end is missing", media: boundary, width: 80, body: "--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\n\x1b[31m\n--b--", want: `
  1│part 1  multipart/mixed; boundary=c│
  2│    part 1│
  3│      ␛[31m│
   │    ✗ the parts within end without their last boundary│
`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			d := Open(fromString(tc.body), Options{ContentType: tc.media})
			defer d.Close()
			if mode := d.Default(); mode != Preview {
				t.Errorf("it opens as %v", mode)
			}
			w, err := d.View(Preview).Window(Pos{}, Layout{Width: tc.width, Height: 20, Wrap: true})
			if err != nil {
				t.Fatal(err)
			}
			if got := drawTable(w); got != tc.want {
				t.Errorf("got%swant%s", got, tc.want)
			}
		})
	}
}
