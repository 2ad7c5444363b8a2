package main

import (
	"fmt"
	"time"
)

func main() {
	zone, err := time.LoadLocation("Europe/Bratislava")
	fmt.Println(time.Now().In(zone), err)
}
