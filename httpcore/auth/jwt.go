package auth

import (
	"encoding/base64"
	"encoding/json"
	"strings"

	"parley/httpcore"
)

// jwt makes a JSON Web Token (RFC 7519) of the user's claims, signs it (RFC 7515), and sends it in the Authorization
// header. Claims leave as they are written: no iat or exp that nobody asked for, and the same token every time, but for
// the PS algorithms, which RFC 7518 salts.
type jwt struct{}

func (jwt) Type() string  { return "jwt" }
func (jwt) Title() string { return "JWT" }

func (jwt) Fields() []httpcore.SchemeField {
	return []httpcore.SchemeField{
		{Name: "algorithm", Label: "Algorithm", Help: "how to sign: HS with a shared secret, the others with a private key", Choices: jwtAlgorithms()},
		{Name: "key", Label: "Key", Help: "the shared secret as text; else the private key in PEM; either may be a JSON Web Key", Required: true, Secret: true},
		{Name: "claims", Label: "Claims", Help: `the payload, a JSON object such as {"sub": "ada"}; {} when empty`},
		{Name: "header", Label: "Header", Help: `more of the token's header, a JSON object such as {"kid": "1"}; alg and typ are added`},
		{Name: "prefix", Label: "Prefix", Help: "the word before the token; Bearer when empty"},
	}
}

func (s jwt) Authorizer(values httpcore.Fields) (httpcore.Authorizer, error) {
	if err := checkFilled(s, values); err != nil {
		return nil, err
	}
	algorithm := choice(s, values, "algorithm")
	text, _ := values.Get("key")
	key, err := jwtAlgorithm(algorithm).key(text)
	if err != nil {
		return nil, authError(s, "cannot use key for "+algorithm+": "+err.Error(), "HS takes a secret as text, the others a private key in PEM; all take a JSON Web Key")
	}
	claims, err := s.object(values, "claims")
	if err != nil {
		return nil, err
	}
	head, err := s.head(values, algorithm)
	if err != nil {
		return nil, err
	}
	prefix, _ := values.Get("prefix")
	if prefix == "" {
		prefix = "Bearer"
	}
	if strings.ContainsFunc(prefix, isControl) {
		return nil, authError(s, "cannot send a prefix with control characters", "it is a word, such as Bearer")
	}
	input := encodeSegment([]byte(head)) + "." + encodeSegment([]byte(claims))
	signature, err := jwtAlgorithm(algorithm).sign(key, []byte(input))
	if err != nil {
		return nil, authError(s, "cannot sign with key: "+err.Error(), "")
	}
	return header(prefix + " " + input + "." + encodeSegment(signature)), nil
}

func encodeSegment(data []byte) string { return base64.RawURLEncoding.EncodeToString(data) }

// object returns the JSON object in a field, as it is written; {} when it is empty.
func (s jwt) object(values httpcore.Fields, name string) (string, error) {
	text, _ := values.Get(name)
	text = strings.TrimSpace(text)
	if text == "" {
		return "{}", nil
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &members); err != nil || members == nil {
		problem := "it is no object"
		if err != nil {
			problem = err.Error()
		}
		return "", authError(s, "cannot read "+name+": "+problem, `it is a JSON object, such as {"sub": "ada"}`)
	}
	return text, nil
}

// head returns the token's header. The user's own is kept as written when it names the algorithm, and gets what is missing
// in front when it does not.
func (s jwt) head(values httpcore.Fields, algorithm string) (string, error) {
	text, err := s.object(values, "header")
	if err != nil {
		return "", err
	}
	var given map[string]any
	if err := json.Unmarshal([]byte(text), &given); err != nil {
		return "", err
	}
	if alg, found := given["alg"]; found {
		if alg != algorithm {
			return "", authError(s, "has another alg in header than algorithm = \""+algorithm+"\"", "leave alg out of header: it is added")
		}
		return text, nil
	}
	front := `{"alg":"` + algorithm + `"`
	if _, found := given["typ"]; !found {
		front += `,"typ":"JWT"`
	}
	rest := strings.TrimSpace(text[1:])
	if rest == "}" {
		return front + rest, nil
	}
	return front + "," + rest, nil
}
