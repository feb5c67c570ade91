package resolve

// hooks notes where the scripts come from that the request runs.
func (r *resolver) hooks() {
	for _, hook := range r.in.Request.Hooks {
		text := hook.Value.Text
		if file := hook.File(); file.IsSet() {
			text = file.Text
		}
		r.note("hooks."+string(hook.Event), hook.Value, text, nil)
	}
}
