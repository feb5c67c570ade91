package secrets

import (
	"strings"

	"parley/collections/dotenv"
	"parley/httpcore"
)

// variablePrefix begins the names of environment variables for secrets.
const variablePrefix = "PARLEY_SECRET_"

// ReadDotenv reads the secrets of a .env file, as package dotenv reads it; the first line that is wrong is the error.
// PARLEY_SECRET_ before a name is left out, and a name without a value is passed over.
func ReadDotenv(file, text string) ([]httpcore.Secret, error) {
	vars, faults := dotenv.Parse(file, text)
	if len(faults) > 0 {
		return nil, faults[0]
	}
	var list []httpcore.Secret
	for _, v := range vars {
		name := strings.TrimPrefix(v.Name, variablePrefix)
		if name == "" {
			return nil, &dotenv.Error{File: file, Line: v.Line, Message: "there is no name before the ="}
		}
		if v.Value == "" {
			continue
		}
		secret := httpcore.NewSecret(name, v.Value)
		if err := Check(secret); err != nil {
			return nil, err
		}
		list = append(list, secret)
	}
	return list, nil
}
