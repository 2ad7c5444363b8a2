import locale, time
locale.setlocale(locale.LC_ALL, '')
print(time.strftime('%A'))
