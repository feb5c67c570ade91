package importer

import "strings"

// isPowerShell tells a command written for PowerShell by the backquotes that join its lines; a shell would run what stands
// between two of them.
func isPowerShell(source string) bool {
	return strings.Contains(strings.ReplaceAll(source, "\r\n", "\n"), " `\n")
}

// fromPowerShell writes such a command as a shell has it: there, a backslash joins lines and escapes a quote.
func fromPowerShell(source string) string {
	return strings.NewReplacer("\r\n", "\n", "`\n", "\\\n", "`\r\n", "\\\n", "`\"", `\"`, "`$", `\$`).Replace(source)
}
