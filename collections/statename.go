package collections

import (
	"crypto/sha256"
	"encoding/hex"
)

// StateName names the folder that something of the collection at root is kept in outside of it: its journal, the cookies
// of its sessions.
func StateName(root string) string {
	sum := sha256.Sum256([]byte(root))
	return hex.EncodeToString(sum[:8])
}
