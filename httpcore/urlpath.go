package httpcore

import "strings"

// parsePath removes dot segments and encodes what is left.
func parsePath(path string, segments []string) string {
	path = strings.ReplaceAll(path, `\`, "/")
	parts := strings.Split(strings.TrimPrefix(path, "/"), "/")
	for i, part := range parts {
		last := i == len(parts)-1
		switch dots(part) {
		case 1:
			if last {
				segments = append(segments, "")
			}
		case 2:
			if len(segments) > 0 {
				segments = segments[:len(segments)-1]
			}
			if last {
				segments = append(segments, "")
			}
		default:
			segments = append(segments, escape(part, inPath))
		}
	}
	return "/" + strings.Join(segments, "/")
}

// dots returns 1 or 2 for a segment that means "here" or "up", spelled with dots or %2e, else 0.
func dots(segment string) int {
	count := 0
	for segment != "" {
		switch {
		case segment[0] == '.':
			segment = segment[1:]
		case len(segment) >= 3 && strings.EqualFold(segment[:3], "%2e"):
			segment = segment[3:]
		default:
			return 0
		}
		count++
	}
	if count > 2 {
		return 0
	}
	return count
}
