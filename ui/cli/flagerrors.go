package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"parley/collections"
)

// flagError says what is wrong with a flag, and what was probably meant.
func flagError(cmd *cobra.Command, err error) error {
	usage := &UsageError{Message: err.Error(), Advice: fmt.Sprintf("`%s --help` shows what there is", cmd.CommandPath())}
	if e, ok := errors.AsType[*pflag.NotExistError](err); ok {
		usage.unknownFlag(cmd, e)
	}
	if e, ok := errors.AsType[*pflag.ValueRequiredError](err); ok {
		value, _ := pflag.UnquoteUsage(e.GetFlag())
		usage.Message = fmt.Sprintf("--%s needs a value: --%[1]s %s", e.GetFlag().Name, value)
	}
	if e, ok := errors.AsType[*pflag.InvalidValueError](err); ok {
		usage.Message = fmt.Sprintf("--%s cannot be %q", e.GetFlag().Name, e.GetValue())
		switch e.GetFlag().Value.Type() {
		case "int":
			usage.Advice = "it is a whole number"
		case "duration":
			usage.Advice = "it is a time such as 500ms or 2s"
		case "bool":
			usage.Advice = "it is true or false, and true when it stands alone"
		}
	}
	return usage
}

func (u *UsageError) unknownFlag(cmd *cobra.Command, e *pflag.NotExistError) {
	if e.GetSpecifiedShortnames() != "" {
		u.Message = fmt.Sprintf("there is no flag -%s", e.GetSpecifiedName())
		if cmd.Flags().Lookup("form") != nil {
			u.Advice += "; curl's flags work in a curl command that is one argument: 'curl …'"
		}
		return
	}
	u.Message = fmt.Sprintf("there is no flag --%s", e.GetSpecifiedName())
	var names []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	if near := collections.Nearest(e.GetSpecifiedName(), names); near != "" {
		u.Advice = fmt.Sprintf("did you mean --%s?", near)
	}
}

// exclusiveGroups is where [cobra.Command.MarkFlagsMutuallyExclusive] keeps with which others a flag cannot be given.
const exclusiveGroups = "cobra_annotation_mutually_exclusive"

// checkFlags says which flags a verb needs and has not, and which do not go together. Cobra would say it after this, in
// words of its own.
func checkFlags(cmd *cobra.Command, _ []string) error {
	var wrong error
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		if needed := f.Annotations[cobra.BashCompOneRequiredFlag]; wrong == nil && !f.Changed && slices.Contains(needed, "true") {
			value, _ := pflag.UnquoteUsage(f)
			wrong = &UsageError{
				Message: fmt.Sprintf("%s needs --%s %s", cmd.CommandPath(), f.Name, value),
				Advice:  fmt.Sprintf("`%s --help` has examples", cmd.CommandPath()),
			}
		}
		for _, group := range f.Annotations[exclusiveGroups] {
			for _, other := range strings.Fields(group) {
				if wrong == nil && f.Changed && other != f.Name && cmd.Flags().Changed(other) {
					wrong = &UsageError{Message: fmt.Sprintf("--%s and --%s do not go together", f.Name, other), Advice: "leave one of them out"}
				}
			}
		}
	})
	return wrong
}
