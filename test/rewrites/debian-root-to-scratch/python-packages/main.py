from greeter import words
print(words)
