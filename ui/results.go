package ui

import (
	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"parley/ui/job"
)

// result takes what commands and jobs came back with.
func (r *Root) result(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case drawn:
		return tea.Batch(r.look(), r.openHistory(), r.watchFiles(), r.watchThemes(), r.tellThemes(r.options.ThemeProblem))
	case holdTick:
		return r.held()
	case looked:
		return r.gotLook(msg)
	case job.Progress:
		return r.progress(msg)
	case taskTick:
		return r.taskTicked(msg)
	case taskOver:
		return r.taskOver(msg)
	case slowJob:
		r.isSlow(msg)
	case job.Done:
		return r.done(msg)
	case recorded:
		return r.wasRecorded(msg)
	case historyOpened:
		return r.gotHistory(msg)
	case takenIn:
		return r.tookIn(msg)
	case pastFound:
		return r.foundPast(msg)
	case historyFound:
		return r.foundHistory(msg)
	case checked:
		return r.wasChecked(msg)
	case compared:
		return r.showDifference(msg)
	case awake:
		return r.gotAwake(msg)
	case entryRead:
		return r.showEntry(msg)
	case filesChanged:
		return tea.Batch(r.reload(msg.paths...), r.nextChange())
	case noThemeFolder:
		r.themesWatched = false
	case themesRead:
		return r.gotThemes(msg)
	case watchStopped:
		if msg.err != nil {
			return r.notify(warning("changes of files are not noticed: "+msg.err.Error(), ""))
		}
	case reloaded:
		return r.gotCollection(msg)
	case tea.ClipboardMsg:
		return r.pasted(msg)
	case clipboardLate:
		return r.noClipboard(msg)
	case journalDue:
		return r.noteEdits()
	case arrangementDue:
		return r.arrangementRest()
	case tokenTick:
		return r.countToken(msg)
	case runTick:
		return r.ticked(msg)
	case redraw:
		r.refreshRun()
		return tea.Batch(r.refreshResponses(), r.watchRedraw())
	case passphraseAsked:
		return r.typePassphrase(msg)
	case question:
		msg(r)
		return r.nextPrompts()
	case then:
		return msg.run()
	case toured:
		return r.gotTour(msg)
	case edited:
		r.pictures.shown = spot{} // another program had the screen
		return r.gotEdited(msg)
	case tea.ResumeMsg:
		r.pictures.shown = spot{}
	case uv.KittyGraphicsEvent, uv.CellSizeEvent, uv.PrimaryDeviceAttributesEvent:
		r.terminalSaid(msg)
	case pictureDrawn:
		return r.drewPicture(msg)
	case pictureDue:
		return r.showPicture(msg)
	case hangup:
		return r.quit()
	}
	return nil
}
