package script

import (
	"encoding/json"
	"time"
)

// The bounds of one script. Waiting for an answer to pm.sendRequest counts, waiting for a person does not.
const (
	TimeLimit   = 5 * time.Second
	MemoryLimit = 64 << 20
	// MaxBody is how much of a body a script is given.
	MaxBody = 8 << 20
)

// Task is one script with what it sees.
type Task struct {
	// Event is "before", "after", "redirect" or "retry".
	Event string
	// At is where the first line of Code stands.
	At   Place
	Code string

	Request Request
	// Response is nil where there is none, as before sending.
	Response *Response
	// Retry is set for a retry alone.
	Retry *Retry
	Info  Info
	// Cookies are those that go to the URL.
	Cookies []Pair
}

// Request is a request as a script sees it, and may change it.
type Request struct {
	Method, URL string
	Headers     []Pair
	Body        Body
	// Options of pm.sendRequest: nothing else has them.
	Timeout int `json:",omitempty"` // milliseconds
}

// Pair is a name with a value.
type Pair struct{ Name, Value string }

// Body is content as text.
type Body struct {
	Text string
	Type string `json:",omitempty"`
	// Missing says why Text is not the content; a script that reads it gets this as an error.
	Missing string `json:",omitempty"`
}

// Response is a response as a script sees it.
type Response struct {
	Code    int
	Reason  string
	Headers []Pair
	Body    Body
	Cookies []Pair
	// Time is how long it took, in milliseconds; Size counts the bytes of its body.
	Time float64
	Size int64
}

// Retry is a wait for another attempt.
type Retry struct {
	// Attempt counts those that failed.
	Attempt int
	Reason  string
	// Wait is in milliseconds. A script may change it.
	Wait float64
}

// Info is what pm.info says.
type Info struct {
	// Request is the path of the request.
	Request string
	// Environment is the name of the environment.
	Environment string
	// Iteration counts from 0.
	Iteration, IterationCount int
}

// Outcome is what a script has come to.
type Outcome struct {
	Report Report
	// Request and Retry are as the script leaves them.
	Request Request
	Retry   *Retry
}

// The scopes of variables, as pm calls them.
const (
	ScopeAll         = "variables"
	ScopeEnvironment = "environment"
	ScopeCollection  = "collectionVariables"
	ScopeGlobals     = "globals"
	ScopeData        = "iterationData"
)

// Value is a value of JSON.
type Value = json.RawMessage
