package action

import "slices"

// The actions. Sorted by group, in the order help shows them.
const (
	Send         ID = "request.send"
	Save         ID = "request.save"
	New          ID = "request.new"
	CopyAs       ID = "request.copy-as"
	Replay       ID = "request.replay"
	FocusTree    ID = "focus.sidebar"
	FocusURL     ID = "focus.url"
	FocusReq     ID = "focus.request"
	FocusResp    ID = "focus.response"
	EditURL      ID = "url.edit"
	Next         ID = "focus.next"
	Previous     ID = "focus.previous"
	PrevSide     ID = "side.previous"
	NextSide     ID = "side.next"
	Jump         ID = "jump"
	Palette      ID = "palette"
	Method       ID = "method.pick"
	Environment  ID = "environment.pick"
	Environments ID = "environments"
	Session      ID = "session.pick"
	Cookies      ID = "cookies"
	Tokens       ID = "tokens"
	Secrets      ID = "secrets"
	Auth         ID = "auth.offer"
	Explain      ID = "request.explain"
	Peek         ID = "variable.show"
	Compare      ID = "response.compare"
	Check        ID = "response.check"
	SaveExample  ID = "example.save"
	Examples     ID = "examples"
	History      ID = "history.search"
	CloseTab     ID = "tab.close"
	PrevTab      ID = "tab.previous"
	NextTab      ID = "tab.next"
	MoveTabLeft  ID = "tab.move-left"
	MoveTabRight ID = "tab.move-right"
	PinTab       ID = "tab.pin"
	ListTabs     ID = "tab.list"
	Undo         ID = "edit.undo"
	Redo         ID = "edit.redo"
	Cut          ID = "edit.cut"
	Paste        ID = "edit.paste"
	External     ID = "edit.external"
	Log          ID = "messages"
	Linear       ID = "view.linear"
	Motion       ID = "view.motion"
	FindText     ID = "edit.find"
	ReplaceText  ID = "edit.replace"
	FormatText   ID = "edit.format"
	WrapText     ID = "edit.wrap"
	Zoom         ID = "view.zoom"
	Split        ID = "view.split"
	Beside       ID = "view.beside"
	PinResponse  ID = "view.pin-response"
	LinkScroll   ID = "view.link-scroll"
	Larger       ID = "view.larger"
	Smaller      ID = "view.smaller"
	ResetSizes   ID = "view.reset-sizes"
	ShowSidebar  ID = "view.sidebar"
	Welcome      ID = "welcome"
	Theme        ID = "theme.pick"
	Help         ID = "help"
	Up           ID = "move.up"
	Down         ID = "move.down"
	Left         ID = "move.left"
	Right        ID = "move.right"
	Top          ID = "move.top"
	Bottom       ID = "move.bottom"
	HalfDown     ID = "move.half-down"
	HalfUp       ID = "move.half-up"
	PageDown     ID = "move.page-down"
	PageUp       ID = "move.page-up"
	Open         ID = "move.open"
	Toggle       ID = "move.toggle"
	Find         ID = "find"
	FindNext     ID = "find.next"
	FindPrev     ID = "find.previous"
	Copy         ID = "copy"
	Complete     ID = "complete"
	RowDelete    ID = "row.delete"
	RowAdd       ID = "row.add"
	RowsAsText   ID = "rows.text"
	RowUp        ID = "row.up"
	RowDown      ID = "row.down"
	ItemNew      ID = "item.new"
	ItemDelete   ID = "item.delete"
	ItemRefresh  ID = "item.refresh"
	ItemImport   ID = "item.import"
	ItemExport   ID = "item.export"
	ItemProtect  ID = "item.protect"
	Look         ID = "body.view"
	PickView     ID = "body.view-pick"
	Filter       ID = "body.filter"
	NextSibling  ID = "body.sibling-next"
	PrevSibling  ID = "body.sibling-previous"
	Parent       ID = "body.parent"
	UnfoldAll    ID = "body.unfold-all"
	Fold1        ID = "body.fold-1"
	Fold2        ID = "body.fold-2"
	Fold3        ID = "body.fold-3"
	Fold4        ID = "body.fold-4"
	Fold5        ID = "body.fold-5"
	Fold6        ID = "body.fold-6"
	Fold7        ID = "body.fold-7"
	Fold8        ID = "body.fold-8"
	Fold9        ID = "body.fold-9"
	GoTo         ID = "body.go-to"
	CopyPart     ID = "body.copy"
	CopyPath     ID = "body.copy-path"
	SaveBody     ID = "body.save"
	EditBody     ID = "body.edit"
	Wrap         ID = "body.wrap"
	ScrollLeft   ID = "body.scroll-left"
	ScrollRight  ID = "body.scroll-right"
	Kind         ID = "body.kind"
	Charset      ID = "body.charset"
	TreeNew      ID = "tree.new"
	TreeFolder   ID = "tree.new-folder"
	TreeRename   ID = "tree.rename"
	TreeDelete   ID = "tree.delete"
	TreeCopy     ID = "tree.duplicate"
	TreeMove     ID = "tree.move"
	TreeRun      ID = "tree.run"
	RunAll       ID = "run.all"
	ShowRun      ID = "run.show"
	Settings     ID = "settings.folder"
	AllSettings  ID = "settings.collection"
	Import       ID = "collection.import"
	SearchText   ID = "collection.search"
	Restore      ID = "trash.restore"
	PaneLeft     ID = "focus.left"
	PaneDown     ID = "focus.down"
	PaneUp       ID = "focus.up"
	PaneRight    ID = "focus.right"
	AddHeader    ID = "header.add"
	AddParam     ID = "param.add"
	Menu         ID = "menu"
	TypeHere     ID = "type"
	ShowKeymap   ID = "keymap"
	Escape       ID = "escape"
	Interrupt    ID = "interrupt"
	Suspend      ID = "suspend"
	Quit         ID = "quit"
)

// All returns the table of every action with its default keys.
func All() []Action {
	all := slices.Concat(single(), families())
	words := words()
	for i := range all {
		all[i].Words = words[all[i].ID]
	}
	return all
}

// single are the actions that stand for themselves.
func single() []Action {
	return []Action{
		{ID: Send, Title: "Send", Group: Request, Keys: []string{"f5", "ctrl+enter", "ctrl+j", "alt+enter"}, Twin: "s", Extra: []Binding{{InURL, "enter"}}},
		{ID: Save, Title: "Save", Group: Request, Keys: []string{"ctrl+s"}, Twin: "w", Help: "Writes only what changed into the request's file."},
		{ID: New, Title: "New request", Group: Request, Keys: []string{"ctrl+n"}, Twin: "n"},
		{ID: CopyAs, Title: "Copy request as…", Group: Request, Twin: "a", Help: "As curl, Python or any export format."},
		{ID: Replay, Title: "Replay exchange", Group: Request, Extra: []Binding{{OutsideText, "R"}}, Help: "Sends an exchange from history again, as it was then or as it resolves now."},
		{ID: Compare, Title: "Compare response with…", Group: Request, Extra: []Binding{{OutsideText, "="}}, Help: "With an exchange of history: status, headers, body. In the history list, with the one there."},
		{ID: Check, Title: "Run expectations again", Group: Request, Extra: []Binding{{OutsideText, "E"}}, Help: "Those of the request as it is now, on the response that is shown; it may be one from history."},
		{ID: SaveExample, Title: "Save the response as an example…", Group: Request, Extra: []Binding{{OutsideText, "S"}}, Twin: "E", Help: "Under a name, with its request: a readable file beside the request's own, secrets masked."},
		{ID: Examples, Title: "Examples of this request…", Group: Request, Twin: "X", Help: "Saved responses by name: show one, compare it with the response, delete it."},
		{ID: Peek, Title: "What the variable is", Group: Request, Keys: []string{"alt+v"}, Twin: ".", Help: "The value, where it comes from and what it stands before; the menu of the right button has it, too."},
		{ID: RunAll, Title: "Run the whole collection…", Group: Request, Twin: "%"},
		{ID: ShowRun, Title: "Show the run", Group: Request, Keys: []string{"alt+x"}, Twin: "5", Help: "How far it is, or how the last one ended."},
		{ID: Explain, Title: "Where every value comes from", Group: Request, Keys: []string{"alt+y"}, Twin: "?", Help: "Every header, cookie, option and variable, and why."},

		{ID: FocusTree, Title: "Sidebar", Group: Go, Keys: []string{"alt+1"}, Twin: "1"},
		{ID: FocusURL, Title: "URL bar", Group: Go, Keys: []string{"alt+2"}, Twin: "2"},
		{ID: FocusReq, Title: "Request", Group: Go, Keys: []string{"alt+3"}, Twin: "3"},
		{ID: FocusResp, Title: "Response", Group: Go, Keys: []string{"alt+4"}, Twin: "4"},
		{ID: EditURL, Title: "Edit the URL", Group: Go, Keys: []string{"ctrl+l"}, Twin: "l"},
		{ID: Next, Title: "Next field or pane", Group: Go, Keys: []string{"tab"}, Help: "In the body editor it indents."},
		{ID: Previous, Title: "Previous field or pane", Group: Go, Keys: []string{"shift+tab"}},
		{ID: PrevSide, Title: "Previous side", Group: Go, Where: OutsideText, Keys: []string{"["}, Twin: "[", Help: "Of the request, the response or the sidebar: what stands in its upper edge. The chord works in text, too."},
		{ID: NextSide, Title: "Next side", Group: Go, Where: OutsideText, Keys: []string{"]"}, Twin: "]"},
		{ID: PaneLeft, Title: "Pane to the left", Group: Go, Twin: "left"},
		{ID: PaneDown, Title: "Pane below", Group: Go, Twin: "down"},
		{ID: PaneUp, Title: "Pane above", Group: Go, Twin: "up"},
		{ID: PaneRight, Title: "Pane to the right", Group: Go, Twin: "right"},
		{ID: Menu, Title: "Menu of what can be done here", Group: Go, Keys: []string{"shift+f10", "alt+m"}, Twin: "M", Help: "The right button opens it, too."},
		{ID: TypeHere, Title: "Type here", Group: Go, Where: InRest, Help: "In a field that esc has left; only a keymap such as vim has that."},
		{ID: Jump, Title: "Jump", Group: Go, Keys: []string{"ctrl+o"}, Twin: "o", Help: "Puts a letter on everything that can take focus."},
		{ID: Palette, Title: "Command palette", Group: Go, Keys: []string{"ctrl+p"}, Twin: "p", Help: "Every command, request, history entry, environment, session and theme."},
		{ID: Method, Title: "Method", Group: Go, Keys: []string{"ctrl+t"}, Twin: "m"},
		{ID: Environment, Title: "Environment", Group: Go, Keys: []string{"alt+e"}, Twin: "e"},
		{ID: Environments, Title: "Environments", Group: Go, Twin: "8", Help: "Use several in order, edit their variables, protect them, add one."},
		{ID: Session, Title: "Sessions", Group: Go, Keys: []string{"alt+s"}, Twin: "j", Help: "Each has cookies, connections and defaults of its own."},
		{ID: Cookies, Title: "Cookies", Group: Go, Keys: []string{"alt+c"}, Twin: "i", Help: "Of the session: list, add, edit, delete, import and export."},
		{ID: Tokens, Title: "OAuth 2 tokens", Group: Go, Keys: []string{"alt+t"}, Twin: "0", Help: "Get, refresh, copy and forget them."},
		{ID: Secrets, Title: "Secrets", Group: Go, Keys: []string{"alt+p"}, Twin: "9", Help: "Which there are, where each is kept; set and forget them. Values are not shown."},
		{ID: Auth, Title: "Set up the auth that the server asks for", Group: Request, Keys: []string{"alt+a"}, Twin: "d", Help: "After a 401."},
		{ID: History, Title: "Search history", Group: Go, Keys: []string{"ctrl+r"}, Twin: "r"},

		{ID: CloseTab, Title: "Close tab", Group: Tabs, Keys: []string{"alt+w"}, Twin: "k"},
		{ID: PrevTab, Title: "Previous tab", Group: Tabs, Keys: []string{"alt+left"}, Twin: "b"},
		{ID: NextTab, Title: "Next tab", Group: Tabs, Keys: []string{"alt+right"}, Twin: "f"},
		{ID: MoveTabLeft, Title: "Move tab left", Group: Tabs, Twin: "(", Help: "Among the pinned tabs or the others; the mouse drags it."},
		{ID: MoveTabRight, Title: "Move tab right", Group: Tabs, Twin: ")", Help: "Among the pinned tabs or the others; the mouse drags it."},
		{ID: PinTab, Title: "Pin tab, or let it go", Group: Tabs, Twin: "6", Help: "A pinned tab comes first, and is not closed before it is let go."},
		{ID: ListTabs, Title: "List of tabs…", Group: Tabs, Twin: "T", Help: "Every open tab, to go to one."},

		{ID: Undo, Title: "Undo", Group: Edit, Keys: []string{"ctrl+z"}, Twin: "u", Help: "Of text, and of what was deleted or moved."},
		{ID: Redo, Title: "Redo", Group: Edit, Keys: []string{"ctrl+y"}, Twin: "y"},
		{ID: Cut, Title: "Cut", Group: Edit, Where: InText, Keys: []string{"shift+delete"}, Twin: "x"},
		{ID: Paste, Title: "Paste", Group: Edit, Where: InText, Keys: []string{"ctrl+v"}, Twin: "v"},
		{ID: Complete, Title: "Complete what is typed", Group: Edit, Where: InText, Keys: []string{"ctrl+space"}, Twin: "'", Help: "Variables, functions, URLs, headers: the list comes by itself as one types; tab takes the first, the arrows choose."},
		{ID: External, Title: "Open in $EDITOR", Group: Edit, Keys: []string{"ctrl+g"}, Twin: "g", Help: "In the response, the body in $PAGER."},
		{ID: FindText, Title: "Find in the text", Group: Edit, Where: InEditor, Keys: []string{"ctrl+f"}, Help: "Of a body or a script, as one types; /…/ is a regular expression, small letters find both cases."},
		{ID: ReplaceText, Title: "Find and replace in the text", Group: Edit, Where: InEditor, Keys: []string{"alt+r"}, Twin: "R", Help: "Enter replaces one hit, the same key again all of them; one undo takes that back."},
		{ID: FormatText, Title: "Format JSON", Group: Edit, Where: InEditor, Keys: []string{"alt+j"}, Twin: ";", Help: "Pretty-prints the body; numbers, order, escapes and {{ }} stay as they are."},
		{ID: WrapText, Title: "Wrap long lines of the text", Group: Edit, Where: InEditor, Twin: "W", Help: "Of a body, a script or rows as text, on and off; notes always are. In the response, w does it."},

		{ID: Zoom, Title: "Zoom pane", Group: View, Keys: []string{"alt+z"}, Twin: "z"},
		{ID: Split, Title: "Split: two responses", Group: View, Keys: []string{"alt+\\"}, Twin: "\\", Help: "The one before stands beside the newest; = compares them, and the same key closes it."},
		{ID: Beside, Title: "Show another response beside…", Group: View, Twin: "V b", Help: "Of another tab, or from history. It stays when the request is sent again."},
		{ID: PinResponse, Title: "Pin the response beside", Group: View, Twin: "V p", Help: "It stays as it is when the request is sent again; without a split, the one that is shown."},
		{ID: LinkScroll, Title: "Scroll both responses together", Group: View, Twin: "V s"},
		{ID: Larger, Title: "Make the pane larger", Group: View, Keys: []string{"alt+="}, Twin: "=", Help: "Borders can be dragged, too; a double click puts one back."},
		{ID: Smaller, Title: "Make the pane smaller", Group: View, Keys: []string{"alt+-"}, Twin: "-"},
		{ID: ResetSizes, Title: "Put all borders back", Group: View, Twin: "V 0", Help: "Sidebar and panes get the sizes that they have at first."},
		{ID: ShowSidebar, Title: "Show or hide the sidebar", Group: View, Twin: "7"},
		{ID: Welcome, Title: "Welcome and tour", Group: View, Twin: "V w", Help: "What Parley is, and a collection to try it on."},
		{ID: Theme, Title: "Theme", Group: View, Twin: "t"},
		{ID: Log, Title: "Messages (log, console, errors)", Group: View, Keys: []string{"alt+l"}, Twin: "L", Help: "All that was said: notices, warnings, the console of hooks, failed sends; enter opens what one is about."},
		{ID: ShowKeymap, Title: "Keymap", Group: View, Twin: "K", Help: "Every action with its name in config.toml and its keys; those that this terminal does not send are marked."},
		{ID: Linear, Title: "Linear screen, for screen readers and slow lines", Group: View, Twin: "V l", Help: "One column from top to bottom, words instead of frames and signs; messages stay until the next key."},
		{ID: Motion, Title: "Reduced motion", Group: View, Twin: "V m", Help: "Nothing moves that only shows that time goes by."},
		{ID: Help, Title: "Help", Group: View, Keys: []string{"f1"}, Twin: "h", Extra: []Binding{{OutsideText, "?"}}},

		{ID: Up, Title: "Up", Group: Move, Where: InLists, Keys: []string{"up", "k"}},
		{ID: Down, Title: "Down", Group: Move, Where: InLists, Keys: []string{"down", "j"}},
		{ID: Left, Title: "Left or close", Group: Move, Where: InLists, Keys: []string{"left", "h"}},
		{ID: Right, Title: "Right or expand", Group: Move, Where: InLists, Keys: []string{"right", "l"}},
		{ID: Top, Title: "To the top", Group: Move, Where: InLists, Keys: []string{"g", "home"}},
		{ID: Bottom, Title: "To the end", Group: Move, Where: InLists, Keys: []string{"G", "end"}},
		{ID: HalfDown, Title: "Half a page down", Group: Move, Where: InLists, Keys: []string{"ctrl+d"}},
		{ID: HalfUp, Title: "Half a page up", Group: Move, Where: InLists, Keys: []string{"ctrl+u"}},
		{ID: PageDown, Title: "Page down", Group: Move, Where: InLists, Keys: []string{"pgdown"}},
		{ID: PageUp, Title: "Page up", Group: Move, Where: InLists, Keys: []string{"pgup"}},
		{ID: Open, Title: "Open, edit or fold", Group: Move, Where: InLists, Keys: []string{"enter"}},
		{ID: Toggle, Title: "Switch on or off", Group: Move, Where: InLists, Keys: []string{"space"}},
		{ID: Find, Title: "Find", Group: Move, Where: InLists, Keys: []string{"/"}},
		{ID: FindNext, Title: "Next match", Group: Move, Where: InLists, Keys: []string{"n"}},
		{ID: FindPrev, Title: "Previous match", Group: Move, Where: InLists, Keys: []string{"N"}},
		{ID: Copy, Title: "Copy", Group: Move, Where: InLists, Keys: []string{"y"}},
		{ID: RowAdd, Title: "Add row", Group: Move, Where: InTable, Keys: []string{"a"}, Help: "A parameter, a header, a field; pasting adds many."},
		{ID: RowsAsText, Title: "Edit rows as text", Group: Move, Where: InTable, Keys: []string{"b"}, Twin: "B", Extra: []Binding{{InText, "ctrl+x B"}}, Help: "Bulk edit: one a line, as name: value or name=value; esc goes back to the table."},
		{ID: RowDelete, Title: "Delete row", Group: Move, Where: InTable, Keys: []string{"d", "delete"}},
		{ID: RowUp, Title: "Move row up", Group: Move, Where: InTable, Keys: []string{"K", "alt+up"}, Extra: []Binding{{InEditor, "alt+up"}}, Help: "In a GraphQL body, to the editor above."},
		{ID: RowDown, Title: "Move row down", Group: Move, Where: InTable, Keys: []string{"J", "alt+down"}, Extra: []Binding{{InEditor, "alt+down"}}, Help: "In a GraphQL body, to the editor below."},
		{ID: ItemNew, Title: "Add", Group: Move, Where: InScreen, Keys: []string{"a"}, Help: "A cookie, a session."},
		{ID: ItemDelete, Title: "Delete or close", Group: Move, Where: InScreen, Keys: []string{"d", "delete"}},
		{ID: ItemRefresh, Title: "Refresh", Group: Move, Where: InScreen, Keys: []string{"r"}},
		{ID: ItemImport, Title: "Import from a file", Group: Move, Where: InScreen, Keys: []string{"i"}},
		{ID: ItemExport, Title: "Export to a file", Group: Move, Where: InScreen, Keys: []string{"e"}},
		{ID: ItemProtect, Title: "Protect, or not", Group: Move, Where: InScreen, Keys: []string{"p"}, Help: "An environment, from methods that change something."},

		{ID: Look, Title: "Next view", Group: Bodies, Where: InBody, Keys: []string{"v"}, Help: "Pretty, raw, hex and what else suits the body; the place is kept."},
		{ID: PickView, Title: "View…", Group: Bodies, Where: InBody, Keys: []string{"V"}},
		{ID: Filter, Title: "Filter", Group: Bodies, Where: InBody, Keys: []string{"f"}, Help: "By JSONPath, jq, XPath or a command, as one types; tab changes the language."},
		{ID: NextSibling, Title: "Next value beside", Group: Bodies, Where: InBody, Keys: []string{"J"}, Help: "In the object, array or element around it."},
		{ID: PrevSibling, Title: "Previous value beside", Group: Bodies, Where: InBody, Keys: []string{"K"}},
		{ID: Parent, Title: "To what is around the value", Group: Bodies, Where: InBody, Keys: []string{"H"}},
		{ID: UnfoldAll, Title: "Unfold all", Group: Bodies, Where: InBody, Keys: []string{"0"}},
		{ID: Fold1, Title: "Fold to depth 1", Group: Bodies, Where: InBody, Keys: []string{"1"}},
		{ID: Fold2, Title: "Fold to depth 2", Group: Bodies, Where: InBody, Keys: []string{"2"}},
		{ID: Fold3, Title: "Fold to depth 3", Group: Bodies, Where: InBody, Keys: []string{"3"}},
		{ID: Fold4, Title: "Fold to depth 4", Group: Bodies, Where: InBody, Keys: []string{"4"}},
		{ID: Fold5, Title: "Fold to depth 5", Group: Bodies, Where: InBody, Keys: []string{"5"}},
		{ID: Fold6, Title: "Fold to depth 6", Group: Bodies, Where: InBody, Keys: []string{"6"}},
		{ID: Fold7, Title: "Fold to depth 7", Group: Bodies, Where: InBody, Keys: []string{"7"}},
		{ID: Fold8, Title: "Fold to depth 8", Group: Bodies, Where: InBody, Keys: []string{"8"}},
		{ID: Fold9, Title: "Fold to depth 9", Group: Bodies, Where: InBody, Keys: []string{"9"}},
		{ID: GoTo, Title: "Go to line, percentage or byte…", Group: Bodies, Where: InBody, Keys: []string{":"}, Help: "As 120, 50%, @1234 or @0x4d2."},
		{ID: CopyPart, Title: "Copy a part…", Group: Bodies, Where: InBody, Keys: []string{"Y"}, Help: "Value, string, key, node, path, line or all."},
		{ID: CopyPath, Title: "Copy the path", Group: Bodies, Where: InBody, Keys: []string{"P"}, Help: "Of the value under the cursor, as JSONPath or XPath."},
		{ID: SaveBody, Title: "Save the body to a file…", Group: Bodies, Where: InBody, Keys: []string{"s"}},
		{ID: EditBody, Title: "Open the body in $EDITOR", Group: Bodies, Where: InBody, Twin: "G"},
		{ID: Wrap, Title: "Wrap long lines", Group: Bodies, Where: InBody, Keys: []string{"w"}},
		{ID: ScrollLeft, Title: "Scroll left by a cell", Group: Bodies, Where: InBody, Keys: []string{"shift+left"}},
		{ID: ScrollRight, Title: "Scroll right by a cell", Group: Bodies, Where: InBody, Keys: []string{"shift+right"}},
		{ID: Kind, Title: "Kind of the body…", Group: Bodies, Where: InBody, Keys: []string{"T"}, Help: "Reads it as JSON, XML, text or something else than it says or seems to be."},
		{ID: Charset, Title: "Charset of the response…", Help: "Reads its text as another one than it says or seems to be.", Group: Bodies, Where: InBody, Keys: []string{"C"}},

		{ID: TreeNew, Title: "New request here", Group: Files, Where: InTree, Keys: []string{"a"}},
		{ID: TreeFolder, Title: "New folder here", Group: Files, Where: InTree, Keys: []string{"A"}},
		{ID: TreeRename, Title: "Rename", Group: Files, Where: InTree, Keys: []string{"r"}},
		{ID: TreeDelete, Title: "Delete", Group: Files, Where: InTree, Keys: []string{"d"}},
		{ID: TreeCopy, Title: "Duplicate", Group: Files, Where: InTree, Keys: []string{"p"}},
		{ID: TreeRun, Title: "Run…", Group: Files, Where: InTree, Keys: []string{"x"}, Help: "A folder in its order, with what each request captures for the next ones; or one request, with rows of data."},
		{ID: TreeMove, Title: "Move to…", Group: Files, Where: InTree, Keys: []string{"m"}},
		{ID: Settings, Title: "Settings of the folder…", Group: Files, Extra: []Binding{{InTree, "e"}}, Twin: ",", Help: "What everything in it inherits: variables, headers, auth, options, expectations, hooks, settings by URL and for sessions. Elsewhere, of the folder of the request."},
		{ID: AllSettings, Title: "Settings of the collection…", Group: Files, Twin: "<", Help: "Name, environment, what every request inherits; what URLs and sessions get; which hosts may have a secret."},
		{ID: SearchText, Title: "Search the collection's text…", Group: Go, Keys: []string{"alt+/"}, Twin: "/", Help: "URLs, headers, bodies, notes, variables and names, in every file, as one types."},
		{ID: Import, Title: "Import…", Group: Files, Twin: "I", Help: "Requests from a file, a URL or pasted text: what is kept, changed and lost is shown before anything is written."},
		{ID: Restore, Title: "Restore from the trash…", Group: Files, Twin: "U", Help: "Requests and folders that were deleted in the last thirty days."},

		{ID: Escape, Title: "Close, leave or cancel", Group: Program, Keys: []string{"esc"}, Help: "Closes what is on top, leaves the editor for its pane, cancels what is running."},
		{ID: Interrupt, Title: "Copy, cancel or quit", Group: Program, Keys: []string{"ctrl+c"}, Twin: "c", Help: "Copies what is selected; else cancels what is running; else quits. Nothing unsaved is lost."},
		{ID: Suspend, Title: "Suspend", Group: Program, Twin: "Z", Help: "Back to the shell; fg returns."},
		{ID: Quit, Title: "Quit", Group: Program, Twin: "q"},
	}
}
