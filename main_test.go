package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"parley/collections/har"
	"parley/httpcore/playground"
)

// TestMain lets the scripts run this binary as `parley`.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"parley": main})
}

// TestScripts runs every script against a playground of its own. $URL and $TLSURL are its origins, $PORT is the port of
// the first, $CA the file of its certificate; $PROXY and $SOCKS are the "host:port" of proxies that want ada's password
// s3same-pw. PARLEY_HOME is fresh.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/scripts",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup:               prepareScript,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"answer": answer,
			"exits":  exits,
			"fault":  startFault,
			"serve":  serve,
		},
	})
}

func prepareScript(env *testscript.Env) error {
	server, err := playground.Start(playground.Options{})
	if err != nil {
		return err
	}
	env.Defer(func() { server.Close() })
	origin, err := url.Parse(server.URL)
	if err != nil {
		return err
	}
	env.Setenv("URL", server.URL)
	env.Setenv("TLSURL", server.TLSURL)
	env.Setenv("PORT", origin.Port())
	env.Setenv("PARLEY_HOME", env.WorkDir+"/home")
	env.Setenv("CA", env.WorkDir+"/playground.pem")
	if err := os.WriteFile(env.Getenv("CA"), server.CAPEM(), 0o600); err != nil {
		return err
	}
	return prepareProxies(env)
}

func prepareProxies(env *testscript.Env) error {
	users := playground.ProxyOptions{Username: "ada", Password: "s3same-pw"}
	proxy, err := playground.StartProxy(users)
	if err != nil {
		return err
	}
	env.Defer(proxy.Close)
	socks, err := playground.StartSOCKS(users)
	if err != nil {
		return err
	}
	env.Defer(socks.Close)
	env.Setenv("PROXY", strings.TrimPrefix(proxy.URL, "http://"))
	env.Setenv("SOCKS", socks.Addr)
	return nil
}

// exits runs a command that must end with a certain code: `exits 3 parley send :1`.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARGUMENT...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
}

// startFault serves a fault of the playground: `fault truncated` sets $FAULT to its URL.
func startFault(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 1 {
		ts.Fatalf("usage: fault NAME")
	}
	server, err := playground.StartFault(args[0], playground.FaultOptions{})
	ts.Check(err)
	ts.Defer(server.Close)
	ts.Setenv("FAULT", server.URL)
}

// serve runs a verb that serves until it is interrupted, and waits until it says that it listens: `serve parley
// playground` sets $SERVED to what it listens on.
func serve(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) < 2 || args[0] != "parley" {
		ts.Fatalf("usage: serve parley VERB [ARGUMENT...]")
	}
	command := parley(args[1:]...)
	command.Dir = ts.Getenv("WORK")
	command.Env = append(command.Env, "PARLEY_HOME="+ts.Getenv("PARLEY_HOME"))
	stdout, err := command.StdoutPipe()
	ts.Check(err)
	ts.Check(command.Start())
	ts.Defer(func() {
		ts.Check(command.Process.Signal(os.Interrupt))
		if err := command.Wait(); err != nil {
			ts.Logf("%v ended with %v", args, err)
		}
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	ts.Check(err)
	at, ok := strings.CutPrefix(strings.TrimSpace(line), "listening on ")
	if !ok {
		ts.Fatalf("it says %q", line)
	}
	ts.Setenv("SERVED", at)
}

// answer looks at the last entry of the HAR log on standard output: `answer STATUS 'NAME: PATTERN' 'PATH: PATTERN'` wants
// that status, a header and a value of the decoded body. PATH names a value of JSON as in "json.tags.0", "." is the whole
// text (with U+FFFD for what is not UTF-8), and "#" its size in bytes.
func answer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: answer STATUS 'HEADER: PATTERN' 'PATH: PATTERN'")
	}
	archive, err := har.Decode(strings.NewReader(ts.ReadFile("stdout")))
	ts.Check(err)
	response := archive.Entries[len(archive.Entries)-1].Response
	if got := strconv.Itoa(int(response.Status)); got != args[0] {
		ts.Fatalf("status %s, want %s", got, args[0])
	}
	name, pattern, _ := strings.Cut(args[1], ": ")
	found := false
	for _, field := range response.Headers {
		found = found || strings.EqualFold(field.Name, name) && regexp.MustCompile(pattern).MatchString(field.Value)
	}
	if !found {
		ts.Fatalf("no header %s is like %q: %v", name, pattern, response.Headers)
	}
	path, pattern, _ := strings.Cut(args[2], ": ")
	content, err := response.Content.Bytes()
	ts.Check(err)
	got, err := valueAt(content, path)
	ts.Check(err)
	if !regexp.MustCompile(pattern).MatchString(got) {
		ts.Fatalf("%s of the body is %.200q, want it like %q", path, got, pattern)
	}
}

// valueAt returns a value of a body as text.
func valueAt(content []byte, path string) (string, error) {
	switch path {
	case ".":
		return strings.ToValidUTF8(string(content), "\ufffd"), nil
	case "#":
		return strconv.Itoa(len(content)), nil
	}
	var value any
	if err := json.Unmarshal(content, &value); err != nil {
		return "", fmt.Errorf("the body is not JSON: %w", err)
	}
	for step := range strings.SplitSeq(path, ".") {
		switch at := value.(type) {
		case map[string]any:
			next, ok := at[step]
			if !ok {
				return "", fmt.Errorf("there is no %q of %q in %s", step, path, content)
			}
			value = next
		case []any:
			index, err := strconv.Atoi(step)
			if err != nil || index >= len(at) {
				return "", fmt.Errorf("there is no %q of %q in %s", step, path, content)
			}
			value = at[index]
		default:
			return "", fmt.Errorf("there is no %q of %q in %s", step, path, content)
		}
	}
	if text, ok := value.(string); ok {
		return text, nil
	}
	data, err := json.Marshal(value)
	return string(data), err
}

// parley returns this program as a process of its own.
func parley(args ...string) *exec.Cmd {
	command := exec.Command(os.Args[0], args...)
	command.Args[0] = "parley" // by which TestMain knows what to be
	command.Env = os.Environ()
	return command
}

// boundary says that a package, and everything below it, must reach none of the others, directly or through a third. A
// prefix ending in "/" means what lies below it only.
type boundary struct {
	of      string
	mustNot []string
	except  []string
	why     string
}

var boundaries = []boundary{
	{
		of:      "parley/ui",
		mustNot: []string{"parley/ui/cli"},
		why:     "the workbench does not know the command line; main hands one to the other",
	},
	{
		of:      "parley/ui/cli",
		mustNot: []string{"parley/ui", "charm.land/bubbletea/v2", "charm.land/lipgloss/v2"},
		except:  []string{"parley/ui/cli", "parley/ui/document", "parley/ui/report", "parley/ui/safe"},
		why:     "a headless verb starts without the weight of a terminal program",
	},
	{
		of:      "parley/ui/pane",
		mustNot: []string{"parley/ui/overlay", "parley/ui/cli"},
		why:     "panes and overlays meet in the root only",
	},
	{
		of:      "parley/ui/overlay",
		mustNot: []string{"parley/ui/pane", "parley/ui/cli"},
		why:     "panes and overlays meet in the root only",
	},
	{
		of:      "parley/ui/widget",
		mustNot: []string{"parley/httpcore", "parley/collections", "parley/history", "parley/ui/pane", "parley/ui/overlay"},
		except:  []string{"parley/httpcore/content"},
		why:     "a widget knows nothing of HTTP; what bodies mean comes to it through ui/document",
	},
	{
		of:      "parley/ui/style",
		mustNot: []string{"parley/"},
		except:  []string{"parley/ui/style", "parley/themes"},
		why:     "it is the one place that knows both colours and escape sequences, and nothing else",
	},
	{
		of:      "parley/ui/action",
		mustNot: []string{"parley/"},
		except:  []string{"parley/ui/action"},
		why:     "keys and titles are a table; what they do is bound by the root",
	},
	{
		of:      "parley/ui/job",
		mustNot: []string{"parley/ui/", "parley/collections", "parley/history", "parley/themes"},
		except:  []string{"parley/ui/job"},
		why:     "it runs exchanges and knows no screen",
	},
	{
		of:      "parley/ui/document",
		mustNot: []string{"charm.land/bubbletea/v2", "charm.land/lipgloss/v2", "parley/httpcore", "parley/collections", "parley/history"},
		except:  []string{"parley/httpcore/content"},
		why:     "the command line, expectations and history look at bodies too",
	},
	{
		of:      "parley/ui/report",
		mustNot: []string{"parley/ui", "parley/history", "parley/themes", "charm.land/"},
		except:  []string{"parley/ui/report", "parley/ui/safe"},
		why:     "reports are files: they are the same whoever runs the requests",
	},
	{
		of:      "parley/ui/safe",
		mustNot: []string{"parley/"},
		except:  []string{"parley/ui/safe"},
		why:     "it is the one guard between foreign text and a terminal, and must be easy to check",
	},
	{
		of:      "parley/collections",
		mustNot: []string{"parley/ui", "parley/history", "parley/themes"},
		why:     "what is kept does not know how it looks or what happened",
	},
	{
		of:      "parley/history",
		mustNot: []string{"parley/ui", "parley/themes", "parley/collections"},
		except:  []string{"parley/collections/har", "parley/collections/disk"},
		why:     "collection paths are plain strings in history; it shares the HAR codec and the one writer",
	},
	{
		of:      "parley/themes",
		mustNot: []string{"parley/", "charm.land/"},
		except:  []string{"parley/themes"},
		why:     "a theme is data",
	},
	{
		of:      "parley/httpcore",
		mustNot: []string{"parley/ui", "parley/collections", "parley/history", "parley/themes", "charm.land/"},
		why:     "the engine knows no user interface and no file format",
	},
	{
		of:      "parley/httpcore/body",
		mustNot: []string{"parley/"},
		except:  []string{"parley/httpcore/body"},
		why:     "the engine builds on it",
	},
	{
		of:      "parley/httpcore/cookies",
		mustNot: []string{"parley/"},
		except:  []string{"parley/httpcore/cookies"},
		why:     "the engine builds on it",
	},
	{
		of:      "parley/httpcore/content",
		mustNot: []string{"parley/"},
		except:  []string{"parley/httpcore/content"},
		why:     "views and expectations share it without the engine",
	},
	{
		of:      "parley",
		mustNot: []string{"github.com/alecthomas/chroma/v2/lexers", "github.com/alecthomas/chroma/v2/styles", "github.com/getkin/kin-openapi"},
		why:     "importing it costs 15 to 25 ms at every start",
	},
}

// goPackage is what `go list -json` prints of a package, as far as it matters here.
type goPackage struct {
	ImportPath string
	Deps       []string
	Doc        string
}

func TestPackagesReachOnlyWhatTheyMay(t *testing.T) {
	packages := listPackages(t)
	for _, b := range boundaries {
		found := false
		for _, p := range packages {
			if !below(p.ImportPath, b.of) {
				continue
			}
			found = true
			for _, dep := range p.Deps {
				if forbidden(b, p.ImportPath, dep) {
					t.Errorf("%s reaches %s: %s", p.ImportPath, dep, b.why)
				}
			}
		}
		if !found {
			t.Errorf("%s has no package: the table is out of date", b.of)
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	for _, p := range listPackages(t) {
		if p.Doc == "" {
			t.Errorf("%s has no package comment", p.ImportPath)
		}
	}
}

func forbidden(b boundary, from, dep string) bool {
	matches := func(prefix string) bool { return below(dep, prefix) }
	if b.of == "parley/ui" && below(from, "parley/ui/cli") {
		return false
	}
	if below(dep, from) || slices.ContainsFunc(b.except, matches) {
		return false
	}
	return slices.ContainsFunc(b.mustNot, matches)
}

// below reports whether path is prefix or lies below it.
func below(path, prefix string) bool {
	if strings.HasSuffix(prefix, "/") {
		return strings.HasPrefix(path, prefix)
	}
	return path == prefix || strings.HasPrefix(path, prefix+"/")
}

func listPackages(t *testing.T) []goPackage {
	t.Helper()
	var failure strings.Builder
	list := exec.Command("go", "list", "-json=ImportPath,Deps,Doc", "./...")
	list.Stderr = &failure
	out, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, failure.String())
	}
	var packages []goPackage
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
