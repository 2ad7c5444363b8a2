package main

import (
	_ "embed"
	"fmt"
)

//go:generate stamp stamp.txt
//go:embed stamp.txt
var stamp string

func main() { fmt.Print(stamp) }
