package playground

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxDocument bounds the bodies of creates, replaces and patches.
const maxDocument = 1 << 20

func (h *Handler) listUsers(w http.ResponseWriter, r *http.Request) {
	p := paramsOf(r)
	q := p.text("q", "")
	page := pageOf(p)
	if !p.ok(w) {
		return
	}
	found := h.users.search(q)
	page.link(w, r, len(found))
	from, to := page.bounds(len(found))
	answer(w, http.StatusOK, found[from:to])
}

func (h *Handler) readUser(w http.ResponseWriter, r *http.Request) {
	u, err := h.users.get(r.PathValue("id"))
	if err != nil {
		userProblem(w, err)
		return
	}
	answer(w, http.StatusOK, u)
}

func (h *Handler) createUser(w http.ResponseWriter, r *http.Request) {
	body, err := readDocument(w, r, "application/json")
	if err != nil {
		userProblem(w, err)
		return
	}
	in, err := decodeUser(body)
	if err != nil {
		userProblem(w, err)
		return
	}
	u, err := h.users.create(in, now())
	if err != nil {
		userProblem(w, err)
		return
	}
	w.Header().Set("Location", "/users/"+u.Login)
	answer(w, http.StatusCreated, u)
}

func (h *Handler) replaceUser(w http.ResponseWriter, r *http.Request) {
	body, err := readDocument(w, r, "application/json")
	if err != nil {
		userProblem(w, err)
		return
	}
	h.changeUser(w, r, func(user) (userInput, error) { return decodeUser(body) })
}

func (h *Handler) patchUser(w http.ResponseWriter, r *http.Request) {
	body, err := readDocument(w, r, "application/merge-patch+json", "application/json")
	if err != nil {
		userProblem(w, err)
		return
	}
	h.changeUser(w, r, func(u user) (userInput, error) {
		var patch any
		if err := json.Unmarshal(body, &patch); err != nil {
			return userInput{}, malformed(err)
		}
		merged, err := json.Marshal(mergePatch(settable(u), patch))
		if err != nil {
			return userInput{}, err
		}
		return decodeUser(merged)
	})
}

// settable is the part of u that a patch applies to, as decoded JSON.
func settable(u user) map[string]any {
	m := map[string]any{"login": u.Login, "name": u.Name}
	for name, value := range map[string]*string{
		"email": u.Email, "company": u.Company, "blog": u.Blog, "location": u.Location, "bio": u.Bio,
	} {
		if value != nil {
			m[name] = *value
		}
	}
	return m
}

func (h *Handler) changeUser(w http.ResponseWriter, r *http.Request, change func(user) (userInput, error)) {
	u, err := h.users.update(r.PathValue("id"), now(), change)
	if err != nil {
		userProblem(w, err)
		return
	}
	answer(w, http.StatusOK, u)
}

func (h *Handler) deleteUser(w http.ResponseWriter, r *http.Request) {
	if err := h.users.remove(r.PathValue("id")); err != nil {
		userProblem(w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// now has the precision of the timestamps that are shown.
func now() time.Time { return time.Now().UTC().Truncate(time.Second) }

// An inputError is a body that cannot be used, with the status that says why.
type inputError struct {
	status int
	detail string
	fields []fieldError
}

func (e *inputError) Error() string { return e.detail }

func malformed(err error) error {
	detail := "the body is not valid JSON: " + err.Error()
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		detail += fmt.Sprintf(" (at byte %d)", syntax.Offset)
	}
	return &inputError{status: http.StatusBadRequest, detail: detail}
}

// readDocument reads a JSON body of one of the given media types.
func readDocument(w http.ResponseWriter, r *http.Request, types ...string) ([]byte, error) {
	media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || !slices.Contains(types, media) {
		if r.Method == http.MethodPatch {
			w.Header().Set("Accept-Patch", strings.Join(types, ", "))
		}
		return nil, &inputError{
			status: http.StatusUnsupportedMediaType,
			detail: fmt.Sprintf("Content-Type is %q; send %s", r.Header.Get("Content-Type"), strings.Join(types, " or ")),
		}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxDocument))
	if err != nil {
		return nil, &inputError{status: http.StatusRequestEntityTooLarge, detail: err.Error()}
	}
	return body, nil
}

// decodeUser reads and checks a whole user. A member it does not know is an error: a misspelled one would be lost in silence.
func decodeUser(body []byte) (userInput, error) {
	var in userInput
	dec := json.NewDecoder(bytes.NewReader(body))
	dec.DisallowUnknownFields()
	err := dec.Decode(&in)
	if err == nil {
		if _, err = dec.Token(); err == io.EOF {
			err = nil
		} else if err == nil {
			err = errors.New("there is more after the first value")
		}
	}
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType):
		name := wrongType.Field[strings.LastIndexByte(wrongType.Field, '.')+1:] // without the embedded struct's own name
		return in, unprocessable(fieldError{name, "must be a " + wrongType.Type.String() + ", not a " + wrongType.Value})
	case err != nil && strings.HasPrefix(err.Error(), "json: unknown field "):
		name := strings.Trim(strings.TrimPrefix(err.Error(), "json: unknown field "), `"`)
		return in, unprocessable(fieldError{name, "is not known: a user has login, name, email, company, blog, location and bio"})
	case err != nil:
		return in, malformed(err)
	}
	if errs := in.check(); len(errs) > 0 {
		return in, unprocessable(errs...)
	}
	return in, nil
}

func unprocessable(errs ...fieldError) error {
	return &inputError{status: http.StatusUnprocessableEntity, detail: "the user is not valid", fields: errs}
}

func userProblem(w http.ResponseWriter, err error) {
	var input *inputError
	switch {
	case errors.As(err, &input):
		problem(w, input.status, input.detail, input.fields...)
	case errors.Is(err, errNoUser):
		problem(w, http.StatusNotFound, err.Error())
	case errors.Is(err, errLoginTaken):
		problem(w, http.StatusConflict, err.Error(), fieldError{"login", "is taken"})
	case errors.Is(err, errTooMany):
		problem(w, http.StatusInsufficientStorage, err.Error())
	default:
		problem(w, http.StatusInternalServerError, err.Error())
	}
}
