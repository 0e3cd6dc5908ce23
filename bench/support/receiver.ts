import { createServer } from 'node:http';

/** Answers every request with 200, as soon as it has read it. */
createServer((request, response) => {
  request.resume();
  request.on('end', () => response.end());
}).listen(Number(process.env['PORT']), '127.0.0.1');
