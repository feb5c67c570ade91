// Command launch runs a command without its output, and prints how many nanoseconds that took and the bytes of memory it
// had at its peak. A process begins with the memory of the one that starts it as its peak, so that has to be a small one.
package main

import (
	"fmt"
	"os"
	"os/exec"
	"time"
)

func main() {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stderr = os.Stderr
	start := time.Now()
	err := cmd.Run()
	took := time.Since(start)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(took.Nanoseconds(), peak(cmd.ProcessState))
}
