package playground

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
)

// upload reads a body of any size without keeping it. Unlike go-httpbin's it has no bound, and its checksum shows that what
// arrived is what was sent.
func upload(w http.ResponseWriter, r *http.Request) {
	sum := sha256.New()
	n, err := io.Copy(sum, r.Body)
	if err != nil {
		problem(w, http.StatusBadRequest, "the body ended early: "+err.Error())
		return
	}
	answer(w, http.StatusOK, struct {
		Method        string   `json:"method"`
		BytesReceived int64    `json:"bytes_received"`
		SHA256        string   `json:"sha256"`
		ContentType   string   `json:"content_type"`
		ContentLength int64    `json:"content_length"` // -1 when the length was not said
		Encoding      []string `json:"transfer_encoding"`
	}{r.Method, n, hex.EncodeToString(sum.Sum(nil)), r.Header.Get("Content-Type"), r.ContentLength, r.TransferEncoding})
}
