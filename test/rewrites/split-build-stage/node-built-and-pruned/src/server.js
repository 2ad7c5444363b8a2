console.log('built by a tool that does not ship');
