// Package themes holds the looks of the workbench as data: what every part of the screen is called (a [Role]), and
// which colours and attributes a theme gives it.
//
// A theme is a TOML file. Only `background`, `text` and `accent` have to be given; every other role derives from the
// ones before it, so that a theme of a dozen lines is complete and what it leaves out is still readable:
//
//	name       = "Harbour"
//	appearance = "dark"
//
//	[palette]                      # names for colours, for use below
//	blue = "#7fb2f0"
//
//	[base]
//	background = "#15181d"
//	text       = "#d8dee6"
//	accent     = "blue"
//
//	[http]
//	get = "blue"
//
//	[syntax]
//	keyword = { fg = "blue", bold = true }
//
// A value is a colour (`"#rrggbb"`, `"#rgb"` or a palette name) or a table with `fg`, `bg`, `bold`, `italic`,
// `underline`, `reverse`, `faint` and `strike`. Mistakes are reported with line, column and the nearest name.
//
// The package knows no terminal and no drawing library: package ui/style turns a theme into what a terminal
// understands. A [Theme] and a [Set] never change once made, and are safe for concurrent use.
package themes
