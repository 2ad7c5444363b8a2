require('http').createServer((_, answer) => answer.end('good morning')).listen(8080);
