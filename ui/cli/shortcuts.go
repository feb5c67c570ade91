package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// shortcuts are flags that HTTPie has too, each short for keys of the file that --set can set.
type shortcuts struct {
	auth, authType                   optional
	proxy, verify, http, retry       optional
	cert, certKey, certPassword      optional
	maxRedirects, compress, boundary optional
}

func (s *shortcuts) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.VarP(&s.auth, "auth", "a", "`USER:PASSWORD`, or the token of --auth-type bearer")
	flags.VarP(&s.authType, "auth-type", "A", "`TYPE` of [auth]: basic (the default), bearer, digest …; --set auth.FIELD sets the rest")
	flags.Var(&s.proxy, "proxy", "`URL` of a proxy, or \"\" for none")
	flags.Var(&s.verify, "verify", "`WHAT` to trust: true, false, or a CA file or folder")
	flags.Var(&s.cert, "cert", "`FILE` of a client certificate, PEM or PKCS#12")
	flags.Var(&s.certKey, "cert-key", "`FILE` of its key, when it is another one")
	flags.Var(&s.certPassword, "cert-key-pass", "`PASSWORD` of the key or the PKCS#12 file")
	flags.Var(&s.http, "http", "`VERSION` to speak: auto, 1.1, 2, 2-prior-knowledge or 3")
	flags.Var(&s.retry, "retry", "`TIMES` to try again what fails; --set options.retry.KEY sets the rest")
	flags.Var(&s.maxRedirects, "max-redirects", "`NUMBER` of redirects to follow at most; false for none")
	flags.VarP(&s.compress, "compress", "x", "compress the body, with `CODING` gzip, deflate, br or zstd")
	flags.Lookup("compress").NoOptDefVal = "gzip"
	flags.Var(&s.boundary, "boundary", "`TEXT` between the parts of a multipart body")
	for flag, words := range map[string][]string{
		"http":     {"auto", "1.1", "2", "2-prior-knowledge", "3"},
		"verify":   {"true", "false"},
		"compress": {"gzip", "deflate", "br", "zstd"},
	} {
		directive := cobra.ShellCompDirectiveNoFileComp
		if flag == "verify" {
			directive = cobra.ShellCompDirectiveDefault // or a file
		}
		if err := cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, directive)); err != nil {
			panic(err) // the flag was defined above
		}
	}
	for _, flag := range []string{"cert", "cert-key"} {
		if err := cmd.MarkFlagFilename(flag); err != nil {
			panic(err) // as above
		}
	}
}

// assignments are what the flags stand for.
func (s *shortcuts) assignments() ([]assignment, error) {
	list, err := s.authAssignments()
	for _, short := range []struct {
		flag  string
		value optional
		key   string
		write func(string) string
	}{
		{"--cert", s.cert, "options.cert.file", tomlString},
		{"--cert-key", s.certKey, "options.cert.key", tomlString},
		{"--cert-key-pass", s.certPassword, "options.cert.password", tomlString},
		{"--proxy", s.proxy, "options.proxy", tomlString},
		{"--http", s.http, "options.http", tomlString},
		{"--compress", s.compress, "body.compress", tomlString},
		{"--boundary", s.boundary, "body.boundary", tomlString},
		{"--verify", s.verify, "options.verify", yesOrNo},
		{"--retry", s.retry, "options.retry", yesOrNo},
		{"--max-redirects", s.maxRedirects, "options.redirects", yesOrNo},
	} {
		if short.value.given {
			list = append(list, assignment{short.flag, short.key + "=" + short.write(short.value.text)})
		}
	}
	return list, err
}

// authAssignments read -a as HTTPie does: a name and a password for the schemes that want these, a token for bearer.
func (s *shortcuts) authAssignments() ([]assignment, error) {
	if !s.auth.given && !s.authType.given {
		return nil, nil
	}
	list := []assignment{{"--auth", "auth.type=basic"}}
	kind := "basic"
	if s.authType.given {
		kind = s.authType.text
		list = []assignment{{"--auth-type", "auth.type=" + tomlString(kind)}}
	}
	if !s.auth.given {
		return list, nil
	}
	user, password, hasPassword := strings.Cut(s.auth.text, ":")
	switch kind {
	case "basic", "digest", "ntlm":
		if !hasPassword {
			return nil, &UsageError{
				Message: fmt.Sprintf("-a %s has no password", user),
				Advice:  fmt.Sprintf("-a %s: sends an empty one; -a '%[1]s:{{secret(\"NAME\")}}' takes it from PARLEY_SECRET_NAME", user),
			}
		}
		return append(list,
			assignment{"--auth", "auth.username=" + tomlString(user)}, assignment{"--auth", "auth.password=" + tomlString(password)}), nil
	case "bearer":
		return append(list, assignment{"--auth", "auth.token=" + tomlString(s.auth.text)}), nil
	default:
		return nil, &UsageError{
			Message: fmt.Sprintf("-a is for basic, digest, ntlm and bearer, not for %s", kind),
			Advice:  "write its values as --set auth.FIELD=VALUE",
		}
	}
}

// yesOrNo reads HTTPie's words for a boolean; anything else stays.
func yesOrNo(text string) string {
	switch strings.ToLower(text) {
	case "yes", "true":
		return "true"
	case "no", "false":
		return "false"
	default:
		return text
	}
}

// tomlString quotes a text, so that 123 as a password is not taken for a number. JSON's strings are basic strings of TOML.
func tomlString(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		return text // a string always encodes
	}
	return strings.ReplaceAll(string(quoted), "\x7f", `\u007f`)
}
