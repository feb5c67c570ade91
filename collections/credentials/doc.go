// Package credentials gives auth schemes what they need of this computer: a file that keeps OAuth 2 tokens, the shell that
// runs a command for credentials, the browser in which a person signs in.
//
// [NewTokenFile] is a store that several Parleys share: every change reads the file anew under a lock, and replaces it
// whole. The file and its folder are for their owner alone; the tokens in it are not encrypted. [RunCommand] and
// [OpenBrowser] start programs and remember nothing. Everything may be used concurrently; nothing needs to be closed.
package credentials
