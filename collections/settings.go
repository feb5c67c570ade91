package collections

// Settings is what a collection.toml or folder.toml says. The Vars, Headers, Auth, Options, Expect and Hooks are inherited
// by everything below.
type Settings struct {
	File        string // relative to the collection's folder, with slashes
	Name        Value
	Notes       Value
	Environment Value // chosen when none is; collection.toml only
	Vars        []Entry
	Headers     []Entry
	Auth        Auth
	Options     Options
	Expect      []Entry
	Hooks       Hooks
	// For are the [for."PREFIX"] sections, Sessions the [sessions.NAME] ones, in the order of the file.
	For      []Prefixed
	Sessions []SessionDefaults
	Secrets  []SecretRule
	Order    []Value // names of files (without .toml) and folders, in the order to list them in
	Parallel Value

	findings []Finding
	source   *source
}

// Findings lists what is wrong or unusual in the file, in its order.
func (s *Settings) Findings() []Finding { return s.findings }

// Source is the text of the file, which must not be changed; nil when there is none.
func (s *Settings) Source() []byte {
	if s.source == nil {
		return nil
	}
	return s.source.doc.Bytes()
}

// Prefixed is a [for."PREFIX"] section: what is said of every URL that begins with it. A client certificate may stand in
// it beside its options, or among them.
type Prefixed struct {
	Prefix  string // may hold {{ }}
	Pos     Pos    // of the prefix
	Headers []Entry
	Auth    Auth
	Options Options

	written Value
}

// SessionDefaults is a [sessions.NAME] section: what every request of that session has unless anything else says
// otherwise, as the attributes of a Session of `requests`.
type SessionDefaults struct {
	Name    string
	Pos     Pos
	Headers []Entry
	Params  []Entry
	Cookies []Entry
	Auth    Auth
	Options Options

	written Value
}

// SecretRule is a [secrets.NAME] section.
type SecretRule struct {
	Name string
	Pos  Pos
	// Hosts are the only hosts the secret may be sent to; an empty name is no host. Where the section does not speak of
	// them there are none here, and any host may have the secret.
	Hosts []Value
}

// Environment is environments/NAME.toml with environments/NAME.local.toml over it.
type Environment struct {
	Name      string
	Files     []string // that it was read from, relative to the collection's folder
	Protected bool     // when either file says so
	Vars      []Entry  // a local value stands in the place of the shared one; its Pos says whose it is
	Hidden    []Entry  // shared values in whose places local ones stand
	Err       error    // why it cannot be used

	findings []Finding
}

// Findings lists what is wrong or unusual in the files.
func (e *Environment) Findings() []Finding { return e.findings }
