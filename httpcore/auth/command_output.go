package auth

import (
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"parley/httpcore"
)

// credentials are the headers that authorise a request.
type credentials httpcore.Fields

func (c credentials) authorize(p *httpcore.Prepared) {
	for _, field := range c {
		p.SetHeader(httpcore.SourceAuth, field.Name, field.Value)
		p.AddSecret("command output", secretIn(field))
	}
}

// areIn reports whether a request was authorised by them.
func (c credentials) areIn(p *httpcore.Prepared) bool {
	return !slices.ContainsFunc(c, func(field httpcore.Field) bool {
		value, _ := p.Header(field.Name)
		return value != field.Value
	})
}

// secretIn is what of a header nobody may see: without the scheme's name, where there is one.
func secretIn(field httpcore.Field) string {
	_, secret, hasScheme := strings.Cut(field.Value, " ")
	if hasScheme && (strings.EqualFold(field.Name, "Authorization") || strings.EqualFold(field.Name, "Proxy-Authorization")) {
		return secret
	}
	return field.Value
}

// parseCredentials reads what a command printed: a token, the whole value of an Authorization header ("Scheme
// credentials"), or a JSON object with access_token or token, or with headers, as Bazel's credential helpers print it.
func parseCredentials(output string) (credentials, error) {
	output = strings.TrimSpace(output)
	switch {
	case output == "":
		return nil, errors.New("it is empty")
	case strings.HasPrefix(output, "{"):
		return parseJSONCredentials(output)
	case strings.ContainsFunc(output, isControl):
		return nil, errors.New("it has more than one line, or control characters")
	}
	return authorizationOf(output), nil
}

// authorizationOf makes Bearer credentials of a token, and leaves a whole value as it is.
func authorizationOf(value string) credentials {
	if !strings.Contains(value, " ") {
		value = "Bearer " + value
	}
	return credentials{{Name: "Authorization", Value: value}}
}

func parseJSONCredentials(output string) (credentials, error) {
	var printed struct {
		AccessToken string `json:"access_token"`
		Token       string
		Headers     map[string]headerValue
	}
	if err := json.Unmarshal([]byte(output), &printed); err != nil {
		return nil, errors.New("it begins like JSON, and is none: " + err.Error())
	}
	for _, token := range []string{printed.AccessToken, printed.Token} {
		if token != "" {
			return authorizationOf(token), nil
		}
	}
	var found httpcore.Fields
	for _, name := range slices.Sorted(maps.Keys(printed.Headers)) {
		found.Add(name, string(printed.Headers[name]))
	}
	if len(found) == 0 {
		return nil, errors.New("its JSON has neither access_token nor token nor headers")
	}
	return credentials(found), nil
}

// headerValue is a string, or a list of strings that one header can hold.
type headerValue string

func (v *headerValue) UnmarshalJSON(data []byte) error {
	var list []string
	if json.Unmarshal(data, &list) == nil {
		*v = headerValue(strings.Join(list, ", "))
		return nil
	}
	return json.Unmarshal(data, (*string)(v))
}
