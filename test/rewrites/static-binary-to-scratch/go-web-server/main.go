package main

import (
	"flag"
	"fmt"
	"net/http"
	"os"
)

func main() {
	listen := flag.String("listen", ":8080", "address")
	flag.Parse()
	http.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "%s, scratch\n", os.Getenv("GREETING"))
	})
	fmt.Println("listening on", *listen)
	fmt.Println(http.ListenAndServe(*listen, nil))
}
