console.log('managed');
