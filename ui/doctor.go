package ui

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"parley/collections/home"
	"parley/ui/action"
	"parley/ui/document/picture"
)

// Doctor writes to the terminal what matters when the screen looks wrong or a key does nothing, with what to change. It
// asks the terminal what it can do, and the person for the keys that terminals are known to swallow; which of them do not
// come is kept, and the workbench marks them from then on.
func Doctor(ctx context.Context, terminal Terminal, place Place) error {
	config, _ := home.Load(place.FS, place.Home.ConfigFile()) // what is wrong in it is told below
	keymap, err := Keymap(config)
	if err != nil {
		keymap, err = action.NewKeymap()
	}
	if err != nil {
		return err
	}
	d := &doctor{quiz: newKeyQuiz(keymap)}
	program := tea.NewProgram(d,
		tea.WithContext(ctx), tea.WithInput(terminal.In), tea.WithOutput(terminal.Out), tea.WithEnvironment(terminal.Environ))
	if _, err := program.Run(); err != nil {
		return err
	}
	keys := chapter{"Keys", []finding{unsure("run parley doctor again", "it was left before the last key: nothing was kept")}}
	if d.quiz.whole() {
		if err := place.keepKeys(d.quiz.missing); err != nil {
			return err
		}
		keys.list = keyFindings(keymap, place.terminal(), d.quiz.missing)
	}
	return writeFindings(terminal.Out, d.said.width, d.said.chapter(place), around(ctx, place), settled(place, config), keys)
}

// Examine is Doctor where there is no terminal: it writes what can be known without one.
func Examine(ctx context.Context, terminal Terminal, place Place) error {
	config, _ := home.Load(place.FS, place.Home.ConfigFile())
	keys := chapter{"Keys", []finding{unsure("run parley doctor where the workbench is to run", "which keys come was not asked: this is no terminal")}}
	if known, ok := place.terminalKeys().load()[place.terminal()]; ok {
		if keymap, err := Keymap(config); err == nil {
			keys.list = append(keys.list, keyFindings(keymap, place.terminal(), known)...)
		}
	}
	return writeFindings(terminal.Out, 0, untold(terminal, place), around(ctx, place), settled(place, config), keys)
}

// keepKeys keeps which keys the terminal does not send.
func (p Place) keepKeys(missing []string) error {
	if err := p.Home.Make(p.FS); err != nil {
		return err
	}
	return p.terminalKeys().save(p.terminal(), missing)
}

// doctor is the program that asks: first the terminal, then the person.
type doctor struct {
	said answers
	quiz *keyQuiz
}

// answerTime is how long a terminal may take to answer, over slow lines.
const answerTime = 2 * time.Second

// unanswered says that a terminal had its time.
type unanswered struct{}

// Init asks the terminal. The last question is one that almost every terminal answers.
func (d *doctor) Init() tea.Cmd {
	return tea.Batch(
		tea.Sequence(tea.RequestTerminalVersion, tea.RequestBackgroundColor, tea.Raw(measuring()), tea.Raw(picture.Ask())),
		tea.Tick(answerTime, func(time.Time) tea.Msg { return unanswered{} }),
	)
}

// Update takes what the terminal says, and then keys.
func (d *doctor) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	asking := !d.said.over
	switch msg := msg.(type) {
	case tea.KeyPressMsg:
		switch {
		case msg.String() == "ctrl+c":
			return d, tea.Quit
		case !asking && d.quiz.key(msg.String()):
			return d, tea.Quit
		}
		return d, nil
	case unanswered:
		d.said.over = true
	default:
		d.said.take(msg)
	}
	if !asking || !d.said.over {
		return d, nil
	}
	if d.quiz.whole() { // every key was taken away
		return d, tea.Quit
	}
	return d, tea.ClearScreen // what was measured goes
}

// View implements tea.Model.
func (d *doctor) View() tea.View {
	text := "Asking the terminal what it can do …"
	if d.said.over {
		text = d.quiz.view()
	}
	view := tea.NewView(text)
	view.AltScreen = true
	return view
}

// answers are what the terminal has said.
type answers struct {
	name          string
	width, height int
	profile       tea.ColorProfileMsg
	coloured      bool // the profile is known
	background    *tea.BackgroundColorMsg
	enhanced      bool
	graphics      picture.Graphics
	clipboard     bool // it says that it takes OSC 52
	widths        []int
	device        bool // it has said what it is
	over          bool
}

// clipboardBit is the parameter of DA1 by which a terminal says that programs may copy.
const clipboardBit = 52

func (a *answers) take(msg tea.Msg) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = msg.Width, msg.Height
	case tea.TerminalVersionMsg:
		a.name = msg.Name
	case tea.ColorProfileMsg:
		a.profile, a.coloured = msg, true
	case tea.BackgroundColorMsg:
		a.background = &msg
	case tea.KeyboardEnhancementsMsg:
		a.enhanced = msg.SupportsKeyDisambiguation()
	case tea.CursorPositionMsg:
		if msg.Y == measuringRow && len(a.widths) < len(measured) {
			a.widths = append(a.widths, msg.X)
		}
	case uv.KittyGraphicsEvent:
		if string(msg.Payload) == "OK" {
			a.graphics = picture.Kitty
		}
	case uv.PrimaryDeviceAttributesEvent:
		a.device, a.over = true, true
		for _, attribute := range msg {
			switch {
			case attribute == sixelBit && a.graphics == picture.None:
				a.graphics = picture.Sixel
			case attribute == clipboardBit:
				a.clipboard = true
			}
		}
	}
}
