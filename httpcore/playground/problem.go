package playground

import (
	"encoding/json"
	"net/http"
	"strings"
)

// A problemDetails is an error answer as RFC 9457 describes it.
type problemDetails struct {
	Type   string       `json:"type"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Detail string       `json:"detail,omitempty"`
	Errors []fieldError `json:"errors,omitempty"`
}

// A fieldError says what is wrong with one member of a document or one query parameter.
type fieldError struct {
	Field   string `json:"field"`
	Message string `json:"message"`
}

func problem(w http.ResponseWriter, status int, detail string, errs ...fieldError) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	writeJSON(w, problemDetails{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail, Errors: errs,
	})
}

// answer sends v as JSON.
func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	writeJSON(w, v)
}

func writeJSON(w http.ResponseWriter, v any) {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false) // a client is shown what was sent: no \u0026 for an ampersand
	_ = enc.Encode(v)        // fails only when the client has gone
}

// methodNotAllowed answers what no other handler of a path took. OPTIONS is answered with the methods as well.
func methodNotAllowed(allowed []string) http.HandlerFunc {
	allow := strings.Join(append(allowed, http.MethodOptions), ", ")
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Allow", allow)
		if r.Method == http.MethodOptions {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		problem(w, http.StatusMethodNotAllowed, "this path takes "+allow)
	}
}
