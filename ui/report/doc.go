// Package report makes reports of a run: it hears the events of package batch, and writes text for people, JUnit XML for
// CI, a page of HTML, or an HTTP archive.
//
//	batch.Event ──▶ Report.Handle … ──▶ Report.Close(Summary) ──▶ io.Writer
//
// # Foreign text
//
// What servers and files say passes one place, [stepOf]: secrets become marks there (`{secret NAME}`), and control
// characters become visible. Formats with a syntax of their own escape it once more, whatever it is. The archive alone
// takes exchanges as they came, through package har, which masks them as well.
//
// # Memory
//
// A run may have any number of steps. Text and archive are written while it goes on; JUnit and HTML, whose beginnings tell
// of the end, keep what they need of each step in a temporary file, masked. The page shows a bounded number of steps, and
// says how many more there are.
//
// A Report belongs to one goroutine at a time. What it writes to stays the caller's.
package report
