package themes

// Method is the role of an HTTP method; methods are case-sensitive (RFC 9110, 9.1), and custom ones share a role.
func Method(method string) Role {
	switch method {
	case "GET":
		return MethodGet
	case "POST":
		return MethodPost
	case "PUT":
		return MethodPut
	case "PATCH":
		return MethodPatch
	case "DELETE":
		return MethodDelete
	case "HEAD":
		return MethodHead
	case "OPTIONS":
		return MethodOptions
	case "TRACE":
		return MethodTrace
	}
	return MethodOther
}

// Status is the role of a status code's class; a code outside 100-599 is an error.
func Status(code int) Role {
	switch code / 100 {
	case 1:
		return Status1xx
	case 2:
		return Status2xx
	case 3:
		return Status3xx
	case 4:
		return Status4xx
	case 5:
		return Status5xx
	}
	return Error
}
