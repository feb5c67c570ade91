package ui

import (
	"context"
	"os/exec"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"parley/collections"
	"parley/collections/runner"
	"parley/history"
	"parley/httpcore"
	"parley/httpcore/auth"
	"parley/themes"
	"parley/ui/action"
	"parley/ui/overlay"
	"parley/ui/pane"
	"parley/ui/style"
	"parley/ui/widget"
)

// Options are what the workbench works with. All but Start and Theme are required.
type Options struct {
	// Work sends, saves and resolves. The workbench does not close it.
	Work *runner.Workspace
	// OpenHistory opens the history; it is called after the first frame, and what it returns is closed at the end. Spool
	// takes what is sent before that.
	OpenHistory func(context.Context) (*history.Store, error)
	Spool       *history.Spool
	// Journal keeps unsaved edits. The workbench closes it.
	Journal *collections.Journal
	// Trash is the folder that deleted requests go to.
	Trash string
	// Memory is the file that remembers what was open, ConfigFile the one that choices are written to.
	Memory     Memory
	ConfigFile string
	Keymap     action.Keymap
	Themes     themes.Set
	// OwnThemes are those of Themes that are the person's, read from ThemeFolder; ThemeProblem is what could not be read there.
	OwnThemes    themes.Set
	ThemeFolder  string
	ThemeProblem error
	// Swallowed are the keys that this terminal does not send, as `parley doctor` has found out.
	Swallowed []string
	// Dark and Light are the names of the themes for either background of the terminal; empty means the default one.
	Dark, Light string
	// Linear draws the screen for who hears it or gets it over a slow line. ReducedMotion lets nothing move that only shows
	// that time goes by; a linear screen doesn't either.
	Linear, ReducedMotion bool
	// Mouse lets the mouse be used; without it the terminal's own selection works.
	Mouse bool
	// Tokens are those of OAuth 2; without them their screen is not there.
	Tokens *auth.Tokens
	// Schemes are the kinds of authentication there are.
	Schemes []httpcore.Scheme
	// Start is the path of the request to open first, when nothing else was open, and Side the side of a request that is
	// shown first where it says something; else it is the first one.
	Start, Side string
	// Now is the clock.
	Now func() time.Time
	// Welcome says that this is the first start, Tour makes the command that the tour is; nil for none.
	Welcome bool
	Tour    func() *exec.Cmd
	// Editor and Pager are command lines, of $EDITOR and $PAGER.
	Editor, Pager string
	// Env reads the process environment, which tells how the clipboard is reached; nil is an empty one.
	Env func(name string) string
	// Alerts says how the end of what took long is told to somebody who looks elsewhere: "auto", "bell" or "off".
	Alerts string
}

// Root is the workbench's one tea.Model.
type Root struct {
	options Options
	work    *runner.Workspace
	now     func() time.Time
	ctx     context.Context
	started time.Time

	styles  style.Styles
	profile colorprofile.Profile
	dark    bool
	preview string // the theme that a picker shows; empty: none
	// themesWatched says that the person's themes are read again when they change.
	themesWatched, themesAwaited bool

	keymap  action.Keymap
	matcher *action.Matcher
	// chordPage is the page of what can follow on a half-typed chord.
	chordPage int
	commands  map[action.ID]action.Command
	enhanced  bool // the terminal tells keys apart that others send as one

	width, height int
	joined        int // how many bytes the screen had last
	layout        Arrangement
	focus, last   part
	zoomed        bool
	resting       bool // letters are keys in a field, too
	noSidebar     bool
	answer        part // the one of two responses that had focus last
	linked        bool // both are scrolled together
	sizes         sizes
	dragging      *part
	hold          hold
	carrying      bool // the current tab is dragged
	grip          grip

	sidebar  *pane.Sidebar
	tabs     []*tab
	current  int
	lastTab  int // the id given last
	tabLine  *widget.Tabs
	pictures pictures
	overlays overlay.Stack
	notices  notices
	footing  footing

	history        *history.Store // nil until it is open
	historyProblem error          // why it is not
	spooled        bool           // something was sent before it was
	historyQuery   string         // of the sidebar
	historyPicker  *overlay.Picker
	historyPick    exchangePick // what it is for
	recent         []history.Summary
	addresses      savedAddresses // of the collection, to complete URLs with
	apis           apis
	// recording holds the exchanges that are on their way into history; true when nobody needs them after that.
	recording map[*httpcore.Exchange]bool
	// filters holds what the bodies of each request were filtered by, under its path.
	filters map[string][]string
	// warned holds the warnings about requests that were told.
	warned map[string]bool

	ran       *folderRun        // the run that goes on or was the last one, nil for none
	runScreen *overlay.Screen   // that shows it
	runForm   map[string]string // what was filled in for it
	logScreen *overlay.Screen   // that lists the messages

	task    *task // that goes on, nil for none
	blurred bool  // the terminal says that another window has focus

	errand *errand // the job that no tab shows, nil for none
	need   need

	organised fileChanges
	choices   choices

	arrangement arrangement
	looking     bool // a glance at files is on its way
	reloads     reloads
	// journaling says that the next writing of the journal is on its way, forgotten that there are drafts to take out of
	// it, unwritten that it could not be written.
	journaling, forgotten, unwritten bool

	asked   int  // how often the terminal was asked for its clipboard
	waiting bool // it has not answered yet

	redraws chan struct{} // holds one token when a pane has more to show
	changes chan []string // files that changed on disk

	themeChanges chan struct{} // holds one token when a person's theme changed

	passphrases chan passphraseAsked // questions of what runs in the background
	prompts     chan question        // of requests that are about to be sent
}

// New returns the workbench as it was left, or on its start request. ctx ends what runs in the background.
func New(ctx context.Context, options Options) *Root {
	r := &Root{
		options: options, work: options.Work, now: options.Now, ctx: ctx,
		started: options.Now(), profile: colorprofile.TrueColor, dark: true,
		keymap: options.Keymap, matcher: action.NewMatcher(options.Keymap),
		focus: partURL, last: partRequest, answer: partResponse, recording: map[*httpcore.Exchange]bool{}, warned: map[string]bool{}, filters: map[string][]string{},
		redraws: make(chan struct{}, 1), changes: make(chan []string), themeChanges: make(chan struct{}, 1),
		passphrases: make(chan passphraseAsked), prompts: make(chan question),
	}
	r.pictures.screen = pane.Screen{CellW: 10, CellH: 20} // until the terminal says otherwise
	r.tabLine = widget.NewTabs(r.styles, themes.Background)
	r.sidebar = pane.NewSidebar(r, options.Now)
	r.sidebar.SetCollection(r.work.Collection)
	if r.work.Secrets != nil {
		r.work.Secrets.AskWith(r.askPassphrase)
	}
	r.commands = r.bind()
	r.restyle()
	r.restore()
	r.setFocus(r.focus)
	r.resting = r.keymap.Preset().Modal && r.tab().draft.URL.Text != ""
	if options.Welcome {
		r.welcome()
	}
	return r
}

// Init asks the terminal for its background, and opens after the first frame what that frame does not need.
func (r *Root) Init() tea.Cmd {
	later := tea.Tick(redrawTime, func(time.Time) tea.Msg { return drawn{} })
	return tea.Batch(tea.RequestBackgroundColor, r.notices.expire(), r.openSession(r.sessionName()), r.watchRedraw(), r.nextPassphrase(), r.nextPrompts(), later)
}

// drawn says that the first frame is on the terminal. The renderer writes what View has returned at its next tick, and what
// follows here would take the processors from it.
type drawn struct{}

// Update takes one message. It does no I/O: what takes time is in the command it returns.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	r.arrangement.touch(msg)
	cmd := r.update(msg)
	r.followScroll()
	for _, due := range [...]tea.Cmd{r.journal(), r.arrangementWait(), r.checkDue(), r.lookDue(), r.wake(), r.placePicture()} {
		if due != nil {
			cmd = tea.Batch(cmd, due)
		}
	}
	return r, cmd
}

func (r *Root) update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.width, r.height = msg.Width, msg.Height
		r.overlays.SetScreen(msg.Width, msg.Height)
		r.arrange()
		r.refreshLog()
		r.refreshRun()
	case tea.BackgroundColorMsg:
		r.dark = msg.IsDark()
		r.restyle()
	case tea.ColorProfileMsg:
		r.profile = msg.Profile
		r.restyle()
	case tea.KeyPressMsg:
		return tea.Batch(r.notices.key(), r.key(msg))
	case tea.PasteMsg:
		r.notices.gone = true
		return r.input(func(t typing) tea.Cmd { return t.Paste(msg.Content) })
	case tea.MouseMsg:
		if _, clicked := msg.(tea.MouseClickMsg); clicked {
			r.notices.gone = true
		}
		return r.mouse(msg)
	case tea.FocusMsg:
		r.blurred = false
	case tea.BlurMsg:
		r.blurred = true
	case tea.KeyboardEnhancementsMsg:
		r.enhanced = msg.SupportsKeyDisambiguation()
		r.footing = footing{}
	case noticeOver:
		return r.notices.over(msg)
	default:
		return r.result(msg)
	}
	return nil
}

// tab returns the tab that is shown; there always is one.
func (r *Root) tab() *tab { return r.tabs[r.current] }
