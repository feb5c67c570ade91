package expect

import (
	"fmt"
	"reflect"
	"strings"
	"time"

	"parley/collections/template"
)

// compareValues is what the comparisons of expressions mean.
func compareValues(operator string, left, right any) (bool, error) {
	switch operator {
	case "==":
		return equal(left, right), nil
	case "!=":
		return !equal(left, right), nil
	}
	order, err := compareOrder(left, right)
	if err != nil {
		return false, err
	}
	switch operator {
	case "<":
		return order < 0, nil
	case "<=":
		return order <= 0, nil
	case ">":
		return order > 0, nil
	default:
		return order >= 0, nil
	}
}

// equal compares by value: numbers with all their digits, lists item by item, objects member by member. Values of
// different kinds differ. What JSON nests is bounded, and so is the recursion.
func equal(a, b any) bool {
	if x, ok := exactly(a); ok {
		y, ok := exactly(b)
		return ok && x.compare(y) == 0
	}
	switch x := a.(type) {
	case nil:
		return b == nil
	case string:
		y, ok := b.(string)
		return ok && x == y
	case time.Time:
		y, ok := b.(time.Time)
		return ok && x.Equal(y)
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for key, value := range x {
			if other, there := y[key]; !there || !equal(value, other) {
				return false
			}
		}
		return true
	}
	if x, ok := items(a); ok {
		y, ok := items(b)
		if !ok || x.Len() != y.Len() {
			return false
		}
		for i := range x.Len() {
			if !equal(x.Index(i).Interface(), y.Index(i).Interface()) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a, b)
}

// items are those of a list of any type: Expr makes some of its own.
func items(value any) (reflect.Value, bool) {
	v := reflect.ValueOf(value)
	return v, v.IsValid() && v.Kind() == reflect.Slice
}

func compareOrder(a, b any) (int, error) {
	if x, ok := exactly(a); ok {
		if y, ok := exactly(b); ok {
			return x.compare(y), nil
		}
	}
	switch x := a.(type) {
	case string:
		if y, ok := b.(string); ok {
			return strings.Compare(x, y), nil
		}
	case time.Duration:
		if y, ok := b.(time.Duration); ok {
			return int(min(1, max(-1, x-y))), nil
		}
	case time.Time:
		if y, ok := b.(time.Time); ok {
			return x.Compare(y), nil
		}
	}
	hint := ""
	_, left := a.(time.Duration)
	_, right := b.(time.Duration)
	if left || right {
		hint = `a time is compared with duration("300ms")`
	}
	return 0, &template.Error{Kind: template.KindValue, Message: fmt.Sprintf("%s and %s have no order", Show(a), Show(b)), Advice: hint}
}
