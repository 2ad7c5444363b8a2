module example.com/look

go 1.19
