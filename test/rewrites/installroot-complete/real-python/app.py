import greeting

greeting.sys.argv = ["app.py", "installroot"]
greeting.main()
