package dotenv_test

import (
	"fmt"
	"strings"
	"testing"

	"parley/collections/dotenv"
)

func TestParse(t *testing.T) {
	for _, c := range []struct{ name, text, want, faults string }{
		{"plain", "A=1\nB = two words \n", `A="1"@1 B="two words"@2`, ""},
		{"byte order mark, CRLF and no line end", "\ufeffA=1\r\nB=2", `A="1"@1 B="2"@2`, ""},
		{"export and comments", "# one\n\n  export A=1 # first\nB=e#f\nC=#\nURL=https://x/#frag", `A="1"@3 B="e#f"@4 C=""@5 URL="https://x/#frag"@6`, ""},
		{"double quotes", `A="a\n\t\"b\" \\ \$C $D" # x`, `A="a\n\t\"b\" \\ $C $D"@1`, ""},
		{"single quotes and backquotes", "A='$raw \\n # x'\nB=`it's`", `A="$raw \\n # x"@1 B="it's"@2`, ""},
		{"several lines", "A=\"one\ntwo\"\nB='x\n\ny'\nC=3", `A="one\ntwo"@1 B="x\n\ny"@3 C="3"@6`, ""},
		{"the last one counts", "A=1\nB=2\nA=3", `A="3"@3 B="2"@2`, ""},
		{"values are not replaced", "A=1\nB=${A}-$A", `A="1"@1 B="${A}-$A"@2`, ""},
		{
			"other lines count", "A=1\nhunter2\n=x\nB=\"a\" b\nC='open\nD=4", `A="1"@1 D="4"@6`,
			".env:2: there is no = in it .env:3: there is no name before the = .env:4: there is something behind the quote .env:5: the quote is not closed",
		},
		{"spaces in a name", "A B=1\nC=2", `C="2"@2`, ".env:1: there is no name before the ="},
		{"nothing", "\n \n#", "", ""},
	} {
		vars, faults := dotenv.Parse(".env", c.text)
		var got, wrong []string
		for _, v := range vars {
			got = append(got, fmt.Sprintf("%s=%q@%d", v.Name, v.Value, v.Line))
		}
		for _, f := range faults {
			wrong = append(wrong, f.Error())
		}
		if strings.Join(got, " ") != c.want || strings.Join(wrong, " ") != c.faults {
			t.Errorf("%s:\n%s\n%s\nwant\n%s\n%s", c.name, strings.Join(got, " "), strings.Join(wrong, " "), c.want, c.faults)
		}
		if strings.Contains(strings.Join(wrong, ""), "hunter2") {
			t.Errorf("%s: an error quotes a line", c.name)
		}
	}
}
