package playground

import (
	"crypto/subtle"
	"net/http"
)

// apiKey looks for a key where APIs put one. Without a {key} in the path it takes any, as /bearer takes any token.
func apiKey(w http.ResponseWriter, r *http.Request) {
	key, in := r.Header.Get("X-API-Key"), "header"
	if key == "" {
		key, in = r.URL.Query().Get("api_key"), "query"
	}
	if c, err := r.Cookie("api_key"); key == "" && err == nil {
		key, in = c.Value, "cookie"
	}
	want := r.PathValue("key")
	if key == "" || want != "" && subtle.ConstantTimeCompare([]byte(key), []byte(want)) == 0 {
		w.Header().Set("WWW-Authenticate", `ApiKey realm="playground"`)
		problem(w, http.StatusUnauthorized, "send the key as header X-API-Key, or as query parameter or cookie api_key")
		return
	}
	answer(w, http.StatusOK, struct {
		Authenticated bool   `json:"authenticated"`
		In            string `json:"in"`
		Key           string `json:"key"`
	}{true, in, key})
}
