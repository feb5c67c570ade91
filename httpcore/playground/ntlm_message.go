package playground

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"encoding/binary"
	"strings"

	//lint:ignore SA1019 NTLM is made of it
	"golang.org/x/crypto/md4"
)

// The messages of NTLM, as [MS-NLMP] lays them out: a signature, a number, and fields that say where in the message their
// content is.

const ntlmSignature = "NTLMSSP\x00"

// ntlmType is the number of a message, 0 for none.
func ntlmType(message []byte) uint32 {
	if len(message) < 12 || !bytes.HasPrefix(message, []byte(ntlmSignature)) {
		return 0
	}
	return binary.LittleEndian.Uint32(message[8:])
}

// Flags of a challenge: names are in UTF-16, the target is a domain and is told with its details, NTLM is spoken.
const ntlmFlags = 0x1 | 0x4 | 0x200 | 0x8000 | 0x10000 | 0x800000 | 0x20000000

// ntlmChallenge is a CHALLENGE_MESSAGE of the domain PLAYGROUND.
func ntlmChallenge(challenge []byte) []byte {
	const headLength = 48
	target := utf16LE("PLAYGROUND")
	var details []byte
	for id, name := range []string{1: "SERVER", 2: "PLAYGROUND", 3: "server.playground.test", 4: "playground.test"} {
		if name != "" {
			text := utf16LE(name)
			details = binary.LittleEndian.AppendUint16(details, uint16(id))
			details = binary.LittleEndian.AppendUint16(details, uint16(len(text)))
			details = append(details, text...)
		}
	}
	details = append(details, 0, 0, 0, 0)

	m := []byte(ntlmSignature)
	m = binary.LittleEndian.AppendUint32(m, 2)
	m = appendNTLMField(m, len(target), headLength)
	m = binary.LittleEndian.AppendUint32(m, ntlmFlags)
	m = append(m, challenge...)
	m = append(m, make([]byte, 8)...)
	m = appendNTLMField(m, len(details), headLength+len(target))
	return append(append(m, target...), details...)
}

func appendNTLMField(m []byte, length, offset int) []byte {
	m = binary.LittleEndian.AppendUint16(m, uint16(length))
	m = binary.LittleEndian.AppendUint16(m, uint16(length))
	return binary.LittleEndian.AppendUint32(m, uint32(offset))
}

// ntlmField returns the content of the field at a place of a message, nil when it is not in the message.
func ntlmField(message []byte, at int) []byte {
	if len(message) < at+8 {
		return nil
	}
	length := uint64(binary.LittleEndian.Uint16(message[at:]))
	offset := uint64(binary.LittleEndian.Uint32(message[at+4:]))
	if offset+length > uint64(len(message)) {
		return nil
	}
	return message[offset : offset+length]
}

// verifyNTLM reports whether an AUTHENTICATE_MESSAGE proves that its sender knows the password.
func verifyNTLM(message, challenge []byte, user, password string) bool {
	const proofLength = 16
	response, domain, name := ntlmField(message, 20), fromUTF16LE(ntlmField(message, 28)), fromUTF16LE(ntlmField(message, 36))
	if len(response) < proofLength || !strings.EqualFold(name, user) {
		return false
	}
	return hmac.Equal(response[:proofLength], ntlmProof(name, domain, password, challenge, response[proofLength:]))
}

// ntlmProof is NTProofStr of NTLMv2 ([MS-NLMP] section 3.3.2); blob is what the client has made up.
func ntlmProof(user, domain, password string, challenge, blob []byte) []byte {
	h := md4.New()
	h.Write(utf16LE(password))
	key := hmacMD5(h.Sum(nil), utf16LE(strings.ToUpper(user)+domain))
	return hmacMD5(key, challenge, blob)
}

func hmacMD5(key []byte, parts ...[]byte) []byte {
	mac := hmac.New(md5.New, key)
	for _, part := range parts {
		mac.Write(part)
	}
	return mac.Sum(nil)
}

// utf16LE and fromUTF16LE put what has no equivalent as U+FFFD.
func utf16LE(s string) []byte {
	b, _ := utf16("utf-16le", false).NewEncoder().Bytes([]byte(s))
	return b
}

func fromUTF16LE(b []byte) string {
	s, _ := utf16("utf-16le", false).NewDecoder().Bytes(b)
	return string(s)
}
