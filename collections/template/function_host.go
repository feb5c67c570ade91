package template

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"parley/httpcore"
)

func now(e *evaluation, _ []any) (any, error) {
	if e.host.Now == nil {
		return nil, unavailable("there is no clock here")
	}
	return e.host.Now(), nil
}

func timestamp(e *evaluation, args []any) (any, error) {
	if e.host.Now == nil {
		return nil, unavailable("there is no clock here")
	}
	unit, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	switch unit {
	case "", "s":
		return int(e.host.Now().Unix()), nil
	case "ms":
		return int(e.host.Now().UnixMilli()), nil
	default:
		return nil, &Error{Kind: KindValue, Message: fmt.Sprintf("unknown unit %q", unit), Advice: `"s" or "ms"`}
	}
}

func newUUID(e *evaluation, _ []any) (any, error) {
	if e.random == nil {
		return nil, noRandom()
	}
	var id uuid.UUID
	for i := 0; i < len(id); i += 8 {
		bits := e.random.Uint64()
		for j := range 8 {
			id[i+j] = byte(bits >> (8 * j))
		}
	}
	// Version 4 and the variant of RFC 9562 sections 5.4 and 4.1.
	id[6] = id[6]&0x0f | 0x40
	id[8] = id[8]&0x3f | 0x80
	return id.String(), nil
}

func random(e *evaluation, args []any) (any, error) {
	if e.random == nil {
		return nil, noRandom()
	}
	if len(args) == 0 {
		return e.random.Float64(), nil
	}
	if list, ok := args[0].([]any); ok && len(args) == 1 && len(list) > 0 {
		return list[e.random.IntN(len(list))], nil
	}
	least, most := 0, 0
	last, ok := args[len(args)-1].(int)
	most = last
	if len(args) == 2 {
		first, isInt := args[0].(int)
		least, ok = first, ok && isInt
	}
	if !ok || most < least || most-least < 0 || most-least+1 <= 0 {
		return nil, &Error{Kind: KindValue, Message: "it takes nothing, a list, or whole numbers, the smaller first"}
	}
	return least + e.random.IntN(most-least+1), nil
}

func noRandom() *Error { return unavailable("there is no source of random values here") }

func environment(e *evaluation, args []any) (any, error) {
	name, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	if e.host.Env == nil {
		return nil, unavailable("the process environment cannot be read here")
	}
	if value, ok := e.host.Env(name); ok {
		e.use(Use{fmt.Sprintf("env(%q)", name), Origin{Scope: "the process environment"}})
		return value, nil
	}
	if e.host.Dotenv != nil {
		if value, at, ok := e.host.Dotenv(name); ok {
			e.use(Use{fmt.Sprintf("env(%q)", name), Origin{Scope: "the file .env", Position: at}})
			return value, nil
		}
	}
	if len(args) == 2 {
		return args[1], nil
	}
	return nil, &Error{Kind: KindUnknown, Message: fmt.Sprintf("the environment variable `%s` is not set", name), Name: name, Advice: fmt.Sprintf("set it, there or in the file .env beside collection.toml, or give a default: env(%q, \"…\")", name)}
}

func secret(e *evaluation, args []any) (any, error) {
	name, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	if e.host.Secret == nil {
		return nil, unavailable("secrets cannot be read here")
	}
	found, err := e.host.Secret(e.ctx, name)
	if err != nil {
		return nil, err
	}
	e.keep(found)
	e.secret = true
	return found.Reveal(), nil
}

func fileContent(e *evaluation, args []any) (any, error) {
	path, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	if e.host.ReadFile == nil {
		return nil, unavailable("files cannot be read here")
	}
	content, err := e.host.ReadFile(e.text.PositionAt(0).File, path)
	return string(content), err
}

func commandOutput(e *evaluation, args []any) (any, error) {
	line, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	if e.host.Command == nil {
		return nil, unavailable("commands cannot be run here")
	}
	return e.once("command\x00"+line, func() (string, error) {
		output, err := e.host.Command(e.ctx, line)
		return strings.TrimSuffix(strings.TrimSuffix(output, "\n"), "\r"), err
	})
}

func prompt(e *evaluation, args []any) (any, error) {
	label, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	preset, err := stringArg(args, 1)
	if err != nil {
		return nil, err
	}
	if e.host.Ask == nil {
		return nil, nobody(label)
	}
	answer, err := e.once("prompt\x00"+label, func() (string, error) { return e.host.Ask.Prompt(e.ctx, label, preset) })
	if err == nil && SecretLabel(label) {
		e.keep(httpcore.NewSecret(label, answer))
		e.secret = true
	}
	return answer, err
}

// SecretLabel reports whether a question is one for a secret: what it asks for is a password, a passphrase, a PIN, a secret,
// a token, or a key of an API. The answer is then a secret as those of secret() are.
func SecretLabel(label string) bool {
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) })
	for i, word := range words {
		switch word {
		case "password", "passphrase", "passcode", "pin", "secret", "token", "otp", "apikey":
			return true
		case "key":
			if i > 0 && (words[i-1] == "api" || words[i-1] == "private") {
				return true
			}
		}
	}
	return false
}

func selectOne(e *evaluation, args []any) (any, error) {
	label, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	list, ok := args[1].([]any)
	if !ok || len(list) == 0 {
		return nil, &Error{Kind: KindValue, Message: "the second value is a list of what to choose from"}
	}
	choices := make([]string, len(list))
	for i, item := range list {
		if choices[i], err = print(item); err != nil {
			return nil, err
		}
	}
	if e.host.Ask == nil {
		return nil, nobody(label)
	}
	return e.once("select\x00"+label, func() (string, error) { return e.host.Ask.Select(e.ctx, label, choices) })
}

func nobody(label string) *Error {
	e := unavailable(fmt.Sprintf("nobody can be asked for %q here", label))
	e.Advice = "put the question into a variable and pass it with --var NAME=VALUE"
	return e
}

func response(e *evaluation, args []any) (any, error) {
	path, err := stringArg(args, 0)
	if err != nil {
		return nil, err
	}
	code, err := stringArg(args, 1)
	if err != nil {
		return nil, err
	}
	maxAge := time.Duration(-1)
	if len(args) == 3 {
		spelled, err := stringArg(args, 2)
		if err != nil {
			return nil, err
		}
		if maxAge, err = time.ParseDuration(spelled); err != nil || maxAge < 0 {
			return nil, &Error{Kind: KindValue, Message: fmt.Sprintf("%q is no duration", spelled), Advice: `such as "30s" or "5m"`}
		}
	}
	if e.host.Responder == nil {
		return nil, unavailable(fmt.Sprintf("the response of %q is not to be had here", path))
	}
	value, secrets, err := e.host.Responder.Respond(e.ctx, path, code, maxAge)
	for _, found := range secrets {
		e.keep(found)
		e.secret = true
	}
	return value, err
}

// once asks for the same thing once per request.
func (e *evaluation) once(key string, ask func() (string, error)) (string, error) {
	if answer, ok := e.answers[key]; ok {
		return answer, nil
	}
	answer, err := ask()
	if err == nil {
		e.answers[key] = answer
	}
	return answer, err
}
