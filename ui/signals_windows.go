package ui

import "os"

// hangups are the signals that end the workbench.
var hangups = []os.Signal{os.Interrupt}
