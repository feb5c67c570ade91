package collections

// Settings is what a collection.toml or folder.toml says. The Vars, Headers, Auth and Options are inherited by
// everything below.
type Settings struct {
	File        string // relative to the collection's folder, with slashes
	Name        Value
	Notes       Value
	Environment Value // chosen when none is; collection.toml only
	Vars        []Entry
	Headers     []Entry
	Auth        Auth
	Options     Options
	Order       []Value // names of files (without .toml) and folders, in the order to list them in
	Parallel    Value

	// Pending holds sections that are kept but not used yet: expect, hooks, for, sessions, secrets.
	Pending []Pending

	findings []Finding
	source   *source
}

// Findings lists what is wrong or unusual in the file, in its order.
func (s *Settings) Findings() []Finding { return s.findings }

// Environment is environments/NAME.toml with environments/NAME.local.toml over it.
type Environment struct {
	Name      string
	Files     []string // that it was read from, relative to the collection's folder
	Protected bool     // when either file says so
	Vars      []Entry  // a local value stands in the place of the shared one; its Pos says whose it is
	Err       error    // why it cannot be used

	findings []Finding
}

// Findings lists what is wrong or unusual in the files.
func (e *Environment) Findings() []Finding { return e.findings }
