package cli

import "github.com/spf13/cobra"

// bodyFlags say how the body is written.
type bodyFlags struct {
	form, multipart, ignoreStdin, chunked bool

	raw optional
}

// optional is the value of a flag for which empty is not the same as missing.
type optional struct {
	text  string
	given bool
}

// String, Set and Type implement pflag.Value.
func (o *optional) String() string { return o.text }

// Set takes the flag's value.
func (o *optional) Set(text string) error {
	o.text, o.given = text, true
	return nil
}

// Type is what help calls the value when its text has no name for it.
func (o *optional) Type() string { return "text" }

func (f *bodyFlags) register(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.BoolVarP(&f.form, "form", "f", false, "send fields as a form, with files as multipart")
	flags.BoolVar(&f.multipart, "multipart", false, "send fields as multipart/form-data")
	flags.Var(&f.raw, "raw", "`TEXT` of the whole body")
	flags.BoolVar(&f.chunked, "chunked", false, "send the body chunked; standard input then leaves as it comes")
	flags.BoolVarP(&f.ignoreStdin, "ignore-stdin", "I", false, "never read the body from standard input")
}
