// Command bench prints how fast Parley is, as ratios against something measured in the same run, each with its target:
//
//	go run -C testdata/bench . [-quick] [-runs N] [-only NAME] [-parley FILE]
//
// It informs and never fails: times differ between machines, ratios much less. It builds the program and an empty Bubble
// Tea program to compare it with, serves on loopback what is downloaded, and drives terminal programs on terminals of
// their own. Peers such as curl are measured where they are installed. What it writes is in a temporary folder.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"text/tabwriter"
)

// figure is something that can be measured.
type figure struct {
	name, about string
	measure     func(context.Context, *bench) ([]row, error)
}

// row is a line of what was measured.
type row struct {
	what, measured, against string
	ratio                   float64 // 0 when there is none
	target                  string
	missed                  bool
}

var figures = []figure{
	{"size", "the binary, stripped", measureSize},
	{"start", "from exec to the first useful frame", measureStart},
	{"key", "from a key to the changed screen", measureKey},
	{"collection", "10,000 requests in 500 folders", measureCollection},
	{"rest", "what it costs to leave it open", measureRest},
	{"send", "one small GET, the whole process", measureSend},
	{"file", "a large download to a file", measureFile},
	{"pane", "a large download in the response pane", measurePane},
	{"document", "100 MB of JSON in the response pane", measureDocument},
	{"request", "one small GET of many in a session, one after another", measureRequest},
	{"run", "many saved requests in a run", measureRun},
	{"streams", "50 small GETs at a time", measureStreams},
	{"events", "server-sent events", measureEvents},
	{"session", "100 requests in a session, and without one", measureSession},
}

func main() {
	quick := flag.Bool("quick", false, "download 64 MiB instead of 1 GiB, and repeat less")
	runs := flag.Int("runs", 0, "how often to repeat each measurement (default 11, quick 3)")
	only := flag.String("only", "", "measure one figure: "+names())
	binary := flag.String("parley", "", "the `FILE` to measure; else the program is built")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	b, err := newBench(ctx, *binary, *quick, *runs)
	if err != nil {
		fmt.Fprintln(os.Stderr, "nothing can be measured:", err)
		return
	}
	defer b.close()
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, "FIGURE\tMEASURED\tAGAINST\tRATIO\tTARGET\t")
	for _, f := range figures {
		if *only != "" && f.name != *only || ctx.Err() != nil {
			continue
		}
		rows, err := f.measure(ctx, b)
		fmt.Fprintf(table, "%s: %s\t\t\t\t\t\n", f.name, f.about)
		for _, r := range rows {
			r.print(table)
		}
		if err != nil {
			first, _, _ := strings.Cut(err.Error(), "\n")
			fmt.Fprintf(table, "  not measured: %s\t\t\t\t\t\n", first)
			fmt.Fprintln(os.Stderr, f.name+":", err)
		}
		table.Flush()
	}
}

func (r row) print(w io.Writer) {
	ratio, verdict := "", ""
	if r.ratio > 0 {
		ratio = fmt.Sprintf("%.2f", r.ratio)
	}
	if r.missed {
		verdict = "missed"
	}
	fmt.Fprintf(w, "  %s\t%s\t%s\t%s\t%s\t%s\n", r.what, r.measured, r.against, ratio, r.target, verdict)
}

func names() string {
	list := make([]string, len(figures))
	for i, f := range figures {
		list[i] = f.name
	}
	return strings.Join(list, ", ")
}
