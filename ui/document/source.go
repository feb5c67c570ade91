package document

import "parley/httpcore/content"

// Source is a body that is there or still arrives.
type Source = content.Source
