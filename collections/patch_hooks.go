package collections

// hooks edits the [hooks] section; with its last hook the section goes too.
func (p *patch) hooks(before, after Hooks) {
	var known []string
	for _, event := range HookEvents() {
		known = append(known, string(event))
	}
	had := len(p.doc.Get("hooks").Pairs) > 0
	for _, event := range HookEvents() {
		key, was, is := string(event), before.Of(event), after.Of(event)
		if is.IsSet() && !was.Equal(is) {
			p.table("hooks")
		}
		if file := is.Get("file"); was.Get("file").IsSet() && file.IsSet() {
			p.change(was.Get("file"), file, nil, "hooks", key, "file")
			continue
		}
		p.changeText(was, is, known, "hooks", key)
	}
	if p.err == nil && had && len(p.doc.Get("hooks").Pairs) == 0 {
		p.set(Value{}, nil, "hooks")
	}
}
