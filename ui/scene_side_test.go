package ui

import (
	"strings"

	"parley/ui/action"
)

// sideScenes are every side of a request, every kind of body and every type of auth, as its action shows it, and the
// sides of a response that no other scene is about.
func sideScenes() []scene {
	scenes := []scene{
		{"response-headers", func(b *bench) { b.shows(eventful(b.t), "Headers") }},
		{"response-sent", func(b *bench) { b.shows(eventful(b.t), "Sent") }},
	}
	for _, family := range [][]action.Member{action.RequestSides(), action.BodyKinds(), action.AuthTypes()} {
		for _, member := range family {
			scenes = append(scenes, scene{strings.ReplaceAll(string(member.ID), ".", "-"), func(b *bench) {
				b.root.OpenRequest("users/create")
				b.act(member.ID)
			}})
		}
	}
	return scenes
}
