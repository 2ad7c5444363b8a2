print('static files collected')
