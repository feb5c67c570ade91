// Package history keeps finished exchanges, so that any request ever sent can be found, looked at, compared and sent
// again.
//
// # What is kept, and where
//
// Everything lies in one folder, private to the user. `history.db` (SQLite, WAL) has a row for each exchange with the
// whole record in it, and a full-text index over URL, headers and the first 64 KiB of text bodies. Bodies that are too
// big for a row lie in `bodies/`, compressed, named by the hash of their content, so that a body that comes a hundred
// times is kept once. `spool/` takes records from a process that must not wait for a database: `parley send` leaves each
// in a file, written atomically, and `parley run` all of them in one, a line each. The next Store that is opened takes them
// in.
//
// A secret is kept as a mark, `{secret NAME}`, never as its value.
//
// # Life cycle and concurrency
//
// Open returns a Store; Close it. A Store may be used from many goroutines, and many processes may have one open on the
// same folder: SQLite's locks order the writers. A Spool needs no Store. An exchange is recorded when Add has returned
// nil: a process that dies after that does not lose it, and one that dies during it leaves the whole record or none of it.
// A power cut may take the newest records, of the database (its log is not synced for each of them) as of the spool.
package history
