package script

import (
	"errors"
	"fmt"
	"os"

	"parley/httpcore/content/worker"
)

// process runs scripts, one after another.
type process struct {
	*worker.Process
	usable bool // it has ended its script in good order and waits for another
}

// workerVariable tells a process of this program that it is there to run scripts.
const workerVariable = "PARLEY_SCRIPT_WORKER"

func startProcess() (*process, error) {
	if worker.Asked(workerVariable) {
		return nil, errors.New("hooks cannot be run: this program does not call script.Serve when it begins")
	}
	// The environment is not for scripts, whatever may become of the process that they are in; the time zone is.
	environ := []string{"SYSTEMROOT=" + os.Getenv("SYSTEMROOT")}
	if zone, set := os.LookupEnv("TZ"); set {
		environ = append(environ, "TZ="+zone)
	}
	started, err := worker.Start(workerVariable, environ)
	if err != nil {
		return nil, fmt.Errorf("hooks cannot be run: %w", err)
	}
	return &process{Process: started}, nil
}

// whyItEnded tells a process that ran out of memory or stack from one that broke, for which it may know a cause of its own.
func (p *process) whyItEnded(cause error) (Why, string) {
	fate := p.End()
	switch {
	case fate.StackOverflow, fate.OutOfMemory:
		return WhyMemory, tooMuch()
	case fate.Complaint != "":
		return WhyBroken, "its process ended unexpectedly: " + fate.Complaint
	case cause != nil:
		return WhyBroken, "its process ended unexpectedly: " + cause.Error()
	}
	return WhyBroken, "its process ended unexpectedly"
}
