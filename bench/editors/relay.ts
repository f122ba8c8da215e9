import { type WebSocket, WebSocketServer } from 'ws';

/** The floor: a server that passes each message on to everybody else, and knows nothing. */
const server = new WebSocketServer({ port: Number(process.argv[2]), perMessageDeflate: false });
const sockets = new Set<WebSocket>();
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', (data) => {
    for (const other of sockets) if (other !== socket) other.send(data as Buffer, { binary: true });
  });
});
server.on('listening', () => process.send?.('ready'));
process.on('disconnect', () => process.exit(0));
