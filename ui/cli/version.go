package cli

import (
	"fmt"
	"runtime/debug"

	"github.com/spf13/cobra"

	"parley/httpcore"
	"parley/httpcore/transport"
)

func (p *Program) versionVerb() *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Print the version",
		Example: "  parley version",
		Args:    arguments(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(p.Stdout, "parley", p.Version)
			return err
		},
	}
}

// BuildVersion is the version of the module, as the Go tool stamped it into the binary.
func BuildVersion() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// Sessions opens sessions that send over the network and say which version they are of.
func Sessions(schemes []httpcore.Scheme, version string) func(name string) *httpcore.Session {
	return func(string) *httpcore.Session {
		return httpcore.NewSession(httpcore.SessionOptions{
			Transport: transport.New(transport.Options{}),
			Schemes:   schemes,
			UserAgent: "parley/" + version,
		})
	}
}
