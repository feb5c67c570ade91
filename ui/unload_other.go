//go:build !linux

package ui

// unload has nothing to do: other systems count the pages of a program's file differently.
func unload() {}
