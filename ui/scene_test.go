package ui

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"

	"parley/ui/uitest"
)

// scene is something to look at as a whole: how a workbench gets there.
type scene struct {
	name string
	play func(*bench)
}

// fourSizes are those at which everything is looked at.
var fourSizes = [][2]int{{60, 16}, {80, 24}, {120, 36}, {200, 60}}

// allScenes are every side of every pane, every overlay, and what is worth a look beside them.
func allScenes() []scene {
	return slices.Concat(mainScenes, sideScenes(), bodyScenes, otherBodies(), fileScenes, checkScenes, settingScenes(), askingScenes, pickingScenes, listingScenes)
}

// TestScreens compares every scene at every size with what was looked at and found good, which is in the folder of that
// size. What they show together is everything there is.
func TestScreens(t *testing.T) {
	shown, played := newShown(), 0
	for _, size := range fourSizes {
		folder := fmt.Sprintf("%dx%d", size[0], size[1])
		for _, scene := range allScenes() {
			t.Run(folder+"/"+scene.name, func(t *testing.T) {
				b := openFixed(t, size[0], size[1])
				scene.play(b)
				uitest.Exact(t, b.View().Content, size[0], size[1])
				uitest.Golden(t, folder+"/"+scene.name, b.stable())
				shown.look(b)
				played++
			})
		}
	}
	if played < len(fourSizes)*len(allScenes()) {
		t.Logf("%d scenes were played: too few to tell whether they show everything", played)
		return
	}
	for _, missing := range shown.missing(t) {
		t.Errorf("no scene shows %s", missing)
	}
}

// A golden that no scene is compared with says nothing.
func TestEveryGoldenIsOfAScene(t *testing.T) {
	scenes := map[string]int{}
	for _, scene := range allScenes() {
		scenes[scene.name+".golden"]++
	}
	for name, n := range scenes {
		if n > 1 {
			t.Errorf("%d scenes are called %s", n, name)
		}
	}
	for _, size := range fourSizes {
		files, err := filepath.Glob(fmt.Sprintf("testdata/%dx%d/*", size[0], size[1]))
		if err != nil || len(files) == 0 {
			t.Fatalf("no goldens of %v: %v", size, err)
		}
		for _, file := range files {
			if scenes[filepath.Base(file)] == 0 {
				t.Errorf("%s is of no scene", file)
			}
		}
	}
}
