package main

import (
	"os"
	"os/exec"
)

func main() {
	list := exec.Command("ls", "/")
	list.Stdout = os.Stdout
	list.Run()
}
