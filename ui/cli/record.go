package cli

import (
	"unicode/utf8"

	"parley/collections"
	"parley/collections/resolve"
	"parley/history"
	"parley/httpcore"
)

// meta says where an exchange comes from; nil means that the request asks not to be recorded.
func (p *Program) meta(c *call) *history.Meta {
	if c.out.Record == resolve.RecordNone {
		return nil
	}
	meta := &history.Meta{
		Collection:   c.collection,
		Environments: c.work.Names(), Session: c.work.SessionName(c.out.Session), WithoutBodies: c.out.Record == resolve.RecordNoBody,
	}
	if c.loaded != nil {
		meta.Request = c.loaded.Path
	}
	meta.Written = c.written()
	return meta
}

// maxWritten is how much of standard input is worth keeping as a part of a file that nobody wrote.
const maxWritten = 1 << 20

// written is the request as a file would hold it, variables unresolved; empty when no file can.
func (c *call) written() string {
	request := c.request
	if c.input != nil {
		if c.content == nil || len(c.content) > maxWritten || !utf8.Valid(c.content) {
			return ""
		}
		request = request.Clone()
		request.Body = collections.Body{
			Kind: collections.BodyText, Content: typed(literal(string(c.content))), Type: typed(c.input.ContentType()),
		}
	}
	draft, err := collections.NewDraft("", c.loaded, request)
	if err != nil {
		return ""
	}
	return string(draft.Text)
}

// record keeps an exchange in history. That it cannot be kept is no reason to fail.
func (p *Program) record(meta history.Meta, x *httpcore.Exchange) {
	folders, err := p.home()
	if err == nil {
		err = history.NewSpool(p.FS, folders.History()).Add(meta, x)
	}
	if err != nil {
		p.warn(err)
	}
}
