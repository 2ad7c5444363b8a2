words = 'good morning'
