package ui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"parley/collections"
	"parley/collections/disk"
	"parley/collections/env"
	"parley/collections/runner"
	"parley/collections/secrets"
	"parley/history"
)

// does has something done as an action would.
func (b *bench) does(do func() tea.Cmd) { b.Send(then{do}) }

// here does something in another working folder, whose name is the same wherever the tests are.
func (b *bench) here(do func() tea.Cmd) {
	b.t.Helper()
	back, err := os.Getwd()
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.Chdir(filepath.VolumeName(back) + string(filepath.Separator)); err != nil {
		b.t.Fatal(err)
	}
	b.does(do)
	if err := os.Chdir(back); err != nil {
		b.t.Fatal(err)
	}
}

// thereAlready is a file that a question is about. It is never answered.
const thereAlready = "testdata/acme/collection.toml"

// askingScenes are questions with a few answers, and those for one line of text.
var askingScenes = []scene{
	{"welcome", (*bench).welcomes},
	{"welcome-tour", func(b *bench) {
		b.welcomes()
		b.Press("tab")
	}},
	inOrders("go-to", func(b *bench) { b.Press(":") }),
	{"save-to-file", func(b *bench) {
		b.here(func() tea.Cmd { return b.root.askFile("the body", "orders.json", strings.NewReader("{}")) })
	}},
	{"save-over", func(b *bench) {
		b.does(func() tea.Cmd { return b.root.askFile("the body", thereAlready, strings.NewReader("{}")) })
		b.Press("enter")
	}},
	{"too-much-to-copy", func(b *bench) {
		b.does(func() tea.Cmd { return b.root.Copy(strings.Repeat("x", osc52Most+1), "the body") })
	}},
	{"jar-import", func(b *bench) {
		b.fillJar()
		b.Press("alt+c", "i")
	}},
	{"jar-export", func(b *bench) {
		b.fillJar()
		b.Press("alt+c", "e")
	}},
	{"jar-export-over", func(b *bench) {
		b.fillJar()
		jar := b.root.work.Sessions.Get("default").Jar()
		b.does(func() tea.Cmd { return b.root.writeCookies(jar, thereAlready, disk.CreateFile) })
		b.WaitText("Write over it?")
	}},
	{"environment-new", func(b *bench) {
		environmentsOpen(b)
		b.Press("a")
	}},
	{"environment-edit", func(b *bench) {
		environmentsOpen(b)
		b.Press("enter", "enter")
	}},
	{"environment-unprotect", func(b *bench) {
		b.write("environments/prod.toml", "protected = true\n")
		b.does(b.root.showEnvironments)
		b.WaitText("Environments")
		b.Press("g", "p")
		b.WaitText("away?")
	}},
	{"protected", func(b *bench) {
		refused := &runner.ProtectedError{Environment: "prod", Method: "DELETE"}
		b.root.overlays.Push(b.root.nameTyped(refused, func(runner.Workspace) tea.Cmd { return nil }))
		b.Type("prod")
	}},
	{"request-new", func(b *bench) { b.does(func() tea.Cmd { return b.root.NewRequest("users") }) }},
	{"folder-new", func(b *bench) { b.does(func() tea.Cmd { return b.root.NewFolder("users") }) }},
	{"rename", func(b *bench) { b.does(func() tea.Cmd { return b.root.Rename("users/list") }) }},
	{"rename-taken", func(b *bench) {
		b.does(func() tea.Cmd { return b.root.Rename("users/list") })
		b.Press("ctrl+a", "ctrl+k")
		b.Type("users/create")
		b.Press("enter")
	}},
	{"save-as", func(b *bench) {
		b.Press("ctrl+n", "ctrl+s")
		b.WaitText("Save as")
	}},
	{"session-name", func(b *bench) { b.does(b.root.nameSession) }},
	{"method-typed", func(b *bench) {
		b.Press("ctrl+t")
		b.Type("another")
		b.Press("enter")
	}},
	{"replay", func(b *bench) {
		b.root.tab().entry = &history.Entry{Exchange: eventful(b.t)}
		b.does(b.root.replay)
	}},
	{"text-unread", func(b *bench) {
		b.root.OpenSettings("")
		b.halfARow()
		b.does(func() tea.Cmd { return b.root.askUnread(b.root.tab(), "close the tab all the same", b.root.quit) })
	}},
	{"file-changed", func(b *bench) { b.clashes() }},
	{"command-run", func(b *bench) { b.root.showConsent("pass show acme/token", make(chan error, 1)) }},
	{"prompts", func(b *bench) {
		b.root.showPrompts(promptsAsked{b.t.Context(), b.root.tab().id, []runner.Question{
			{Label: "Team", Preset: "red"}, {Label: "Size", Choices: []string{"small", "large"}}, {Label: "API key", Secret: true},
		}, make(chan promptAnswers, 1)})
	}},
	{"passphrase-new", func(b *bench) { b.asksPassphrase(secrets.Question{File: "~/secrets.toml", New: true}) }},
	{"passphrase", func(b *bench) {
		b.asksPassphrase(secrets.Question{File: "~/secrets.toml", Problem: "that is not the passphrase"})
	}},
	{"secret-missing", func(b *bench) {
		keeping(b, tempDir(b.t))
		b.root.offerSecret(b.root.tab(), &env.UnknownSecret{Name: "token"})
	}},
	{"secret-set", func(b *bench) { b.does(func() tea.Cmd { return b.root.setSecret("", nil) }) }},
	{"secret-forget", func(b *bench) {
		b.root.pushSecrets(keptSecrets())
		b.Press("d")
	}},
	{"run-folder", func(b *bench) { b.does(func() tea.Cmd { return b.root.RunFolder("users/") }) }},
	{"import-into", func(b *bench) {
		b.importsTwo()
		b.Press("enter")
	}},
}

// pickingScenes find one of many, or say what can be done.
var pickingScenes = []scene{
	{"environment-pick", func(b *bench) {
		layers(b)
		b.Press("alt+e")
	}},
	{"method", func(b *bench) { b.Press("ctrl+t") }},
	{"theme", func(b *bench) { b.does(b.root.pickTheme) }},
	{"keymap", func(b *bench) { b.does(b.root.showKeymap) }},
	{"copy-as", func(b *bench) { b.does(b.root.copyAs) }},
	{"trash", func(b *bench) { b.does(b.root.pickTrashed); b.WaitText("Restore from the trash") }},
	{"beside", func(b *bench) {
		b.send("200 OK")
		b.root.OpenRequest("users/create")
		b.WaitFor("the history", func(string) bool { return len(b.root.recent) > 0 })
		b.does(b.root.pickBeside)
	}},
	{"import-from", func(b *bench) {
		b.does(b.root.importFrom)
		b.Type("testdata/ac")
		b.WaitText("testdata/acme/")
		b.Press("enter")
		b.WaitText("collection.toml")
	}},
	{"jump", func(b *bench) { b.Press("ctrl+o") }},
	{"chord", func(b *bench) { b.Press("ctrl+x") }},
	{"chord-longer", func(b *bench) { b.Press("ctrl+x", "A") }},
	{"menu", func(b *bench) {
		b.Press("alt+1")
		b.Press("alt+m")
	}},
	inOrders("menu", func(b *bench) { b.Press("down", "down", "down", "alt+m") }),
	{"menu-of-tab", func(b *bench) {
		b.root.OpenRequest("users/create")
		b.Press("alt+2")
		b.Send(tea.MouseClickMsg{X: b.root.layout.Tabs.X + 2, Y: b.root.layout.Tabs.Y, Button: tea.MouseRight})
	}},
}

// listingScenes are screens.
var listingScenes = []scene{
	{"difference", (*bench).compares},
	{"log", func(b *bench) {
		b.tell(info("environment test"))
		b.tell(success("saved users/create.toml"))
		b.tell(warning("the body is too large for $PAGER", "send the request with `parley send -o FILE`"))
		b.Press("alt+l")
	}},
	{"log-empty", func(b *bench) { b.Press("alt+l") }},
	{"keys-choose", func(b *bench) {
		b.clashes()
		b.Press("x", "c")
		b.WaitText("● my notes")
	}},
	{"secrets", func(b *bench) { b.root.pushSecrets(keptSecrets()) }},
	{"secrets-empty", func(b *bench) { b.root.pushSecrets(nil) }},
	{"run", func(b *bench) {
		b.written(b.t, map[string]string{
			"trial/folder.toml": "order = ['lost', 'never']",
			"trial/lost.toml":   "url = '{{base_url}}/get?q={{nobody}}'",
			"trial/never.toml":  "url = '{{base_url}}/get'\nwhen = 'false'",
		})
		b.run("trial")
		b.WaitText("1 broken, 1 skipped")
		b.WaitFor("the end", func(string) bool { return b.root.ran.ended() })
		b.root.ran.takes(42 * time.Millisecond)
		b.root.refreshRun()
	}},
	{"sidebar-history", func(b *bench) {
		b.send("200 OK")
		b.Press("alt+1", "]")
		b.WaitText("github")
	}},
}

// settingScenes are the sides of settings that are not those of a request.
func settingScenes() (scenes []scene) {
	for _, side := range []string{"General", "Vars", "Auth", "Options", "Hooks", "Expect", "Notes", "By URL", "Sessions", "Secrets"} {
		scenes = append(scenes, scene{"settings-" + strings.ReplaceAll(strings.ToLower(side), " ", "-"), func(b *bench) {
			b.root.OpenSettings("")
			b.root.tab().request.Show(side)
		}})
	}
	return scenes
}

// takes has all of a run have taken the same time.
func (f *folderRun) takes(elapsed time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.summary.Elapsed = elapsed
	for _, step := range f.steps {
		step.elapsed = elapsed
	}
}

// clashes changes a request here and on disk, and saves it.
func (b *bench) clashes() {
	b.t.Helper()
	b.Press("alt+2", "end")
	b.Type("?mine=1")
	b.root.tab().draft.Notes = collections.Str("my notes")
	b.root.Changed(b.root.tab().url)
	theirs := fmt.Sprintf("url = %q\nnotes = %q\n", "https://theirs.test/", "their notes")
	if err := os.WriteFile(filepath.Join(b.dir, "users", "github.toml"), []byte(theirs), 0o644); err != nil {
		b.t.Fatal(err)
	}
	b.Press("ctrl+s")
	b.WaitText("choose for each key")
}

// importsTwo shows what becomes of two requests.
func (b *bench) importsTwo() {
	b.root.importFrom()
	b.Paste("curl -X POST http://api.test/users -d a=1; curl --compressed --trace-time http://api.test/users/1")
	b.Press("enter")
	b.WaitText("What becomes of it")
	b.WaitText("kept,")
}

func (b *bench) asksPassphrase(question secrets.Question) {
	b.does(func() tea.Cmd {
		return b.root.typePassphrase(passphraseAsked{b.t.Context(), question, make(chan passphraseAnswer, 1)})
	})
}

func keptSecrets() []listedSecret {
	return []listedSecret{
		{secrets.Kept{Name: "token", In: []secrets.Place{secrets.InKeyring}}, []string{"users/create", "users/list"}},
		{secrets.Kept{Name: "stripe-key", In: []secrets.Place{secrets.InEnvironment}, Variable: "PARLEY_SECRET_STRIPE_KEY"}, nil},
	}
}
