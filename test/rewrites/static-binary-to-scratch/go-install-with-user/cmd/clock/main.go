package main

import (
	"flag"
	"fmt"
	"os"
	"time"
)

var version string

func main() {
	config := flag.String("config", "", "file")
	flag.Parse()
	text, err := os.ReadFile(*config)
	fmt.Println(version, time.Now().Location(), string(text), err)
}
