// Package exporter writes a prepared request as something that another program sends.
//
// [All] is the table of what can be written, one file a format. An exporter starts from what Parley would send, to the
// byte, and leaves out what the other program adds by itself. Secrets are masked unless the caller says otherwise by
// giving no masker; what a format cannot say is told in notes.
//
// Nothing is sent; the body of the request is read. Everything here is safe for concurrent use.
package exporter
