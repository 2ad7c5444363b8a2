const { createServer } = require('node:http');
const greet = require('greeter');

if (process.argv.includes('--once')) console.log(greet('once'));
else createServer((_request, response) => response.end(greet('world'))).listen(8080);
