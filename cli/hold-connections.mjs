// Loaded before the server: Next listens before Gatehouse is ready to watch. Until lib/connections/install.ts takes over,
// connections wait here, so that none is served without its limits and its address.
import http from "node:http";

const { createServer } = http;

http.createServer = (listener) => {
  http.createServer = createServer;
  // Only a new server can be given these: how often it looks for late requests, and that Gatehouse refuses those without Host.
  const server = createServer({ connectionsCheckingInterval: 1_000, requireHostHeader: false }, listener);
  const sockets = [];
  server.emit = function emit(event, ...args) {
    if (event !== "connection") return http.Server.prototype.emit.call(this, event, ...args);
    const [socket] = args;
    socket.on("error", () => socket.destroy());
    return sockets.push(socket) > 0;
  };
  globalThis.gatehouseHeld = { server, sockets };
  return server;
};
