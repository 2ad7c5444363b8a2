module example.com/points/v2

go 1.19
