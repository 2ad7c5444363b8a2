print('good morning')
