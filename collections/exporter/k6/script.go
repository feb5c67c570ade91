package k6

import (
	"fmt"
	"slices"
	"strings"

	"parley/collections"
	"parley/collections/env"
	"parley/collections/exporter"
	"parley/collections/resolve"
	"parley/collections/template"
	"parley/httpcore"
)

// Name is how the format is called on the command line, Title for people.
const (
	Name  = "k6"
	Title = "k6 script"
)

// Step is a request of the script. Its secrets are resolved to marks.
type Step struct {
	// Path names it in checks and metrics.
	Path      string
	Effective *collections.Effective
	Out       *resolve.Output
	// Again is the request resolved once more, to tell what differs each time; nil when that is not known.
	Again *resolve.Output
	// Beside finds a file that a text in a file names.
	Beside func(file, name string) string
}

// capturedScope is where the marks of captured values come from.
const capturedScope = "captured by an earlier step"

// CapturedBy are the values that requests capture, as variables of those after them.
func CapturedBy(earlier []Step) env.Layer {
	layer := env.Layer{Name: "captured"}
	for _, s := range earlier {
		for _, entry := range s.Effective.Captures {
			layer.Vars = append(layer.Vars, template.Variable{
				Name: entry.Name, Value: Captured(entry.Name), Literal: true, Origin: template.Origin{Scope: capturedScope},
			})
		}
	}
	return layer
}

// Script writes requests that are sent one after another, again and again. An error means that a body cannot be read.
func Script(steps []Step) (exporter.Result, error) {
	w := &script{}
	var values []httpcore.Secret
	for _, s := range steps {
		if err := w.add(s); err != nil {
			return exporter.Result{}, err
		}
		for _, secret := range s.Out.Request.Secrets {
			if !hasMark(secret.Reveal()) {
				values = append(values, secret)
			}
		}
	}
	// What is a secret by other means than secret() was not resolved to a mark.
	masker := httpcore.NewMasker(values, httpcore.Mark)
	return exporter.Result{Text: masker.String(w.text()), Notes: w.notes}, nil
}

// script collects what the steps need.
type script struct {
	body strings.Builder
	// variables and needs are names in order; needs have no default.
	variables, needs []variable
	files            []string // expressions that open files
	options          []string // of k6, as lines
	hasChecks        bool
	notes            []string
}

type variable struct{ name, value string }

// variable returns the code for a variable that can be set from outside. Requests may have one of the same name each.
func (w *script) variable(name, value string) string {
	at := slices.IndexFunc(w.variables, func(v variable) bool { return v.name == name })
	switch {
	case at < 0:
		w.variables = append(w.variables, variable{name, value})
	case w.variables[at].value != value:
		return "(" + member("__ENV", name) + " ?? " + quote(value) + ")"
	}
	return member("vars", name)
}

// secret returns the code for a secret; the variable is the one that Parley itself reads.
func (w *script) secret(name string) string { return w.needed(env.SecretVariable(name)) }

// needed returns the code for a value that has to be given.
func (w *script) needed(name string) string {
	if !slices.ContainsFunc(w.needs, func(v variable) bool { return v.name == name }) {
		w.needs = append(w.needs, variable{name: name})
	}
	return member("vars", name)
}

// open returns the code for a file's content: k6 opens files only before it begins.
func (w *script) open(path string) string {
	call := "open(" + quote(path) + `, "b")`
	at := slices.Index(w.files, call)
	if at < 0 {
		at = len(w.files)
		w.files = append(w.files, call)
	}
	return fmt.Sprintf("file%d", at+1)
}

func (w *script) option(line string) {
	if !slices.Contains(w.options, line) {
		w.options = append(w.options, line)
	}
}

func (w *script) note(text string) {
	if !slices.Contains(w.notes, text) {
		w.notes = append(w.notes, text)
	}
}

const head = `// A k6 script (https://k6.io), written by Parley. Each iteration sends these requests once, in order.
//   k6 run script.js                                    once
//   k6 run -e VUS=50 -e ITERATIONS=10000 script.js      so many, 50 at a time
//   k6 run -e RATE=200 -e DURATION=30s script.js        200 iterations a second, on time
`

const scenario = `
export const options = {
%s  scenarios: {
    load: __ENV.RATE
      ? {
          executor: "constant-arrival-rate",
          rate: Number(__ENV.RATE),
          timeUnit: "1s",
          duration: __ENV.DURATION || "10s",
          preAllocatedVUs: Number(__ENV.VUS || 50),
          maxVUs: Number(__ENV.MAX_VUS || 1000),
        }
      : {
          executor: "shared-iterations",
          vus: Number(__ENV.VUS || 1),
          iterations: Number(__ENV.ITERATIONS || 1),
          maxDuration: __ENV.DURATION || "10m",
        },
  },
};
`

func (w *script) text() string {
	body := w.body.String()
	var out strings.Builder
	out.WriteString(head)
	out.WriteString("import http from \"k6/http\";\n")
	if w.hasChecks {
		out.WriteString("import { check } from \"k6\";\n")
	}
	if strings.Contains(body, "encoding.") {
		out.WriteString("import encoding from \"k6/encoding\";\n")
	}
	w.writeVariables(&out)
	for i, call := range w.files {
		fmt.Fprintf(&out, "const file%d = %s;\n", i+1, call)
	}
	options := slices.Clone(w.options)
	if w.hasChecks {
		options = append(options, `thresholds: { checks: ["rate==1"] }`)
	}
	lines := ""
	for _, option := range options {
		lines += "  " + option + ",\n"
	}
	fmt.Fprintf(&out, scenario, lines)
	out.WriteString("\nexport default function () {\n")
	code := body
	if strings.Contains(body, "got(") || strings.Contains(body, "take(") {
		code = capturing + body
	}
	out.WriteString(code + "}\n")
	out.WriteString(helpersFor(code))
	return out.String()
}

func (w *script) writeVariables(out *strings.Builder) {
	if len(w.variables)+len(w.needs) == 0 {
		return
	}
	out.WriteString("\n// Set them with -e NAME=VALUE.\nconst vars = {\n")
	for _, v := range w.variables {
		fmt.Fprintf(out, "  %s: %s ?? %s,\n", key(v.name), member("__ENV", v.name), quote(v.value))
	}
	for _, v := range w.needs {
		fmt.Fprintf(out, "  %s: needed(%s),\n", key(v.name), quote(v.name))
	}
	out.WriteString("};\n")
	if len(w.needs) > 0 {
		out.WriteString(needing)
	}
}
