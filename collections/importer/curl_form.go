package importer

import (
	"strings"

	"parley/collections"
)

// formString takes the value of --form-string: name=text, where nothing in the text has a meaning.
func (o *operation) formString(v string) {
	name, text, ok := strings.Cut(v, "=")
	if !ok {
		o.lost("--form-string "+v, "it is not NAME=VALUE")
		return
	}
	o.parts = append(o.parts, collections.Part{Name: value(name), Value: value(text)})
}

// form takes the value of --form: name=text, name=<file, name=@file,file, each with ;type= and ;filename= behind it.
func (o *operation) form(v string) {
	name, rest, ok := strings.Cut(v, "=")
	if !ok || strings.HasPrefix(rest, "(") || rest == ")" && name == "" {
		o.lost("--form "+v, "parts within parts are not supported")
		return
	}
	switch {
	case strings.HasPrefix(rest, "@"):
		o.formFiles(name, rest[1:])
	case strings.HasPrefix(rest, "<"):
		f := o.formField(rest[1:], "")
		f.part.Name = value(name)
		f.part.Value = collections.Str(fileTemplate(f.content, binary))
		o.parts = append(o.parts, f.part)
	default:
		f := o.formField(rest, "")
		f.part.Name, f.part.Value = value(name), value(f.content)
		o.parts = append(o.parts, f.part)
	}
}

func (o *operation) formFiles(name, rest string) {
	for more := true; more; {
		f := o.formField(rest, ",")
		f.part.Name = value(name)
		f.part.File = value(path(f.content))
		if !f.part.Type.IsSet() {
			f.part.Type = collections.Str(fileType(f.content))
		}
		o.parts = append(o.parts, f.part)
		if rest, more = strings.CutPrefix(f.rest, ","); more {
			o.changed("--form "+name, "several files of one field are parts of the same name")
		}
	}
}

// fileType is what curl calls a file by its extension.
func fileType(name string) string {
	types := map[string]string{
		".gif": "image/gif", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".svg": "image/svg+xml",
		".txt": "text/plain", ".htm": "text/html", ".html": "text/html", ".pdf": "application/pdf", ".xml": "application/xml",
	}
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		if known := types[strings.ToLower(name[dot:])]; known != "" {
			return known
		}
	}
	return "application/octet-stream"
}

// formWord is the content of a field with what stands behind it.
type formWord struct {
	content string
	part    collections.Part
	rest    string
}

// formField reads content and attributes up to one of the characters of end.
func (o *operation) formField(s, end string) formWord {
	var f formWord
	f.content, s = formText(s, ";"+end)
	for strings.HasPrefix(s, ";") {
		s = strings.TrimLeft(s[1:], " \t")
		var v string
		switch key, rest, _ := strings.Cut(s, "="); key {
		case "type":
			v, s = mediaType(rest, end)
			f.part.Type = value(v)
		case "filename":
			v, s = formText(rest, ";"+end)
			f.part.Filename = value(v)
		default:
			v, s = formText(s, ";"+end)
			if v != "" {
				o.lost("--form ;"+v, "a part has a type and a filename, and no more")
			}
		}
	}
	f.rest = s
	return f
}

// formText reads up to one of the characters of end, or a text in quotes, in which backslashes escape those two.
func formText(s, end string) (text, rest string) {
	if strings.HasPrefix(s, `"`) {
		var out strings.Builder
		for i := 1; i < len(s); i++ {
			switch {
			case s[i] == '\\' && i+1 < len(s) && (s[i+1] == '\\' || s[i+1] == '"'):
				i++
			case s[i] == '"':
				rest = s[i+1:]
				if skip := strings.IndexAny(rest, end); skip >= 0 {
					return out.String(), rest[skip:]
				}
				return out.String(), ""
			}
			out.WriteByte(s[i])
		}
		// A quote that never ends is a character as any other.
	}
	if i := strings.IndexAny(s, end); i >= 0 {
		return strings.TrimRight(s[:i], " \t"), s[i:]
	}
	return s, ""
}

// mediaType reads a type with its parameters, which end where another attribute begins.
func mediaType(s, end string) (text, rest string) {
	for i := 0; i < len(s); i++ {
		if end != "" && strings.IndexByte(end, s[i]) >= 0 {
			return s[:i], s[i:]
		}
		if s[i] != ';' {
			continue
		}
		behind := strings.TrimLeft(s[i+1:], " \t")
		for _, key := range []string{"type=", "filename=", "headers=", "encoder="} {
			if strings.HasPrefix(behind, key) {
				return s[:i], s[i:]
			}
		}
	}
	return s, ""
}
