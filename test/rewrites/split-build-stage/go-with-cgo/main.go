package main

// #cgo pkg-config: sqlite3
// #include <sqlite3.h>
import "C"

import "fmt"

func main() {
	fmt.Println("SQLite", int(C.sqlite3_libversion_number())/1000000, "from Go")
}
