package importer

import "strings"

// parseOptions splits arguments into the operations between --next, in curl's way: options may follow URLs, short ones
// stand together, and values stand right behind or in the next argument.
func parseOptions(args []string, files Files) ([]*operation, error) {
	p := &optionParser{rest: args, known: newSpellings(), files: files}
	p.next()
	for len(p.rest) > 0 {
		arg := p.rest[0]
		p.rest = p.rest[1:]
		var err error
		switch {
		case p.onlyURLs || arg == "-" || !strings.HasPrefix(arg, "-"):
			p.current.urls = append(p.current.urls, arg)
		case arg == "--":
			p.onlyURLs = true
		case strings.HasPrefix(arg, "--"):
			err = p.long(arg[2:])
		default:
			err = p.short(arg[1:])
		}
		if err != nil {
			return nil, err
		}
	}
	return p.groups, nil
}

type optionParser struct {
	rest     []string
	known    *spellings
	files    Files
	groups   []*operation
	current  *operation
	onlyURLs bool
}

func (p *optionParser) next() {
	p.current = newOperation()
	p.current.files = p.files
	p.groups = append(p.groups, p.current)
}

func (p *optionParser) long(name string) error {
	if one, ok := p.known.find(name); ok {
		return p.apply(one, "--"+name, true, "", false)
	}
	if off, isOff := strings.CutPrefix(name, "no-"); isOff {
		if one, ok := p.known.find(off); ok && !one.takesValue {
			return p.apply(one, "--"+name, false, "", false)
		}
	}
	return &SourceError{Message: "curl has no option --" + name, Advice: "see curl --help all"}
}

func (p *optionParser) short(letters string) error {
	for i := 0; i < len(letters); i++ {
		if letters[i] == 'N' { // --no-buffer is the one negation with a letter
			continue
		}
		one, ok := p.known.short[letters[i]]
		if !ok {
			return &SourceError{Message: "curl has no option -" + letters[i:i+1], Advice: "see curl --help all"}
		}
		if one.takesValue {
			rest := letters[i+1:]
			return p.apply(one, "-"+letters[i:i+1], true, rest, rest != "")
		}
		if err := p.apply(one, "-"+letters[i:i+1], true, "", false); err != nil {
			return err
		}
	}
	return nil
}

// apply gives an option its value and its effect.
func (p *optionParser) apply(one spelling, written string, on bool, value string, hasValue bool) error {
	if one.takesValue && !hasValue {
		if len(p.rest) == 0 {
			return &SourceError{Message: "the option " + written + " has no value", Advice: "is the end of the command missing?"}
		}
		value, p.rest = p.rest[0], p.rest[1:]
	}
	switch {
	case one.name == "next":
		p.next()
		return nil
	case one.name == "config" && p.files != nil:
		text, err := p.files(value)
		if err != nil {
			return &SourceError{Message: "the options of --config cannot be read: " + err.Error(), Advice: "check the path"}
		}
		p.rest = append(configArguments(text), p.rest...)
		return nil
	}
	p.current.set(one.name, written, value, on)
	return nil
}
