package playground

import (
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"
)

// A user is shaped after those of api.github.com, so that the sample requests look familiar. Login and name come first.
type user struct {
	Login string `json:"login"`
	userFields
	ID          int       `json:"id"`
	Type        string    `json:"type"`
	PublicRepos int       `json:"public_repos"`
	Followers   int       `json:"followers"`
	CreatedAt   time.Time `json:"created_at"`
	UpdatedAt   time.Time `json:"updated_at"`
}

// userFields are what a client may set besides the login. A pointer is null while it is empty.
type userFields struct {
	Name     string  `json:"name"`
	Email    *string `json:"email"`
	Company  *string `json:"company"`
	Blog     *string `json:"blog"`
	Location *string `json:"location"`
	Bio      *string `json:"bio"`
}

// A userInput is the body of a create or a replace.
type userInput struct {
	Login *string `json:"login"`
	userFields
}

const maxLogin = 39

// validLogin wants 1 to 39 of a-z, 0-9 and, inside, hyphens: as GitHub does.
func validLogin(s string) bool {
	return s != "" && len(s) <= maxLogin && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == "" &&
		s[0] != '-' && s[len(s)-1] != '-'
}

// check trims what people type and says what is missing or malformed.
func (in *userInput) check() []fieldError {
	var errs []fieldError
	in.Name = strings.TrimSpace(in.Name)
	switch n := utf8.RuneCountInString(in.Name); {
	case n == 0:
		errs = append(errs, fieldError{"name", "is required"})
	case n > 100:
		errs = append(errs, fieldError{"name", "has more than 100 characters"})
	}
	if in.Email != nil {
		if a, err := mail.ParseAddress(*in.Email); err != nil || a.Address != *in.Email {
			errs = append(errs, fieldError{"email", "is not an address such as ada@example.com"})
		}
	}
	if in.Login != nil && !validLogin(*in.Login) {
		errs = append(errs, fieldError{"login", "must be 1 to 39 of a-z, 0-9 and, inside, hyphens"})
	}
	return errs
}

// loginFrom makes a login of a name: "Ada Lovelace" gives "ada-lovelace".
func loginFrom(name string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(name) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == maxLogin {
			break
		}
	}
	if login := strings.Trim(b.String(), "-"); login != "" {
		return login
	}
	return "user"
}

// matches reports whether every word of q, in lower case, occurs in what identifies the user.
func (u *user) matches(q string) bool {
	text := strings.ToLower(strings.Join([]string{u.Login, u.Name, deref(u.Email), deref(u.Company)}, "\n"))
	for word := range strings.FieldsSeq(q) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
