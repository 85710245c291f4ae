import { once } from "node:events";
import net from "node:net";

export interface TcpProxy {
  port: number;
  /** Cuts every connection at this moment. */
  cut(): void;
  /** Cuts a connection once its client has sent these bytes, before they reach the server; undefined: none any more. */
  cutAt(bytes: string | undefined): void;
  /** Cuts each connection after so many pieces from the server; undefined: none any more. */
  cutAfter(pieces: number | undefined): void;
  /** Passes nothing on, and accepts connections that nobody answers, until `flow`. */
  hang(): void;
  flow(): void;
  /** Refuses new connections until `listen`. */
  close(): Promise<void>;
  listen(): Promise<void>;
  /** How many connections are open. */
  open(): number;
  /** How many pieces clients have sent so far. */
  sent(): number;
}

/** A proxy between a client and a server of ours on 127.0.0.1 that drops connections on demand. */
export async function startTcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<[net.Socket, net.Socket]>();
  let secret: string | undefined;
  let most: number | undefined;
  let hanging = false;
  let sent = 0;

  const server = net.createServer((client) => {
    const upstream = net.connect(target, "127.0.0.1");
    const pair: [net.Socket, net.Socket] = [client, upstream];
    pairs.add(pair);
    let pieces = 0;
    const end = () => {
      for (const socket of pair) socket.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on("error", end).on("close", end);
    client.on("data", (piece) => {
      sent += 1;
      if (secret && piece.includes(secret)) end();
      else upstream.write(piece);
    });
    upstream.on("data", (piece) => {
      pieces += 1;
      if (most !== undefined && pieces > most) end();
      else client.write(piece);
    });
    if (hanging) for (const socket of pair) socket.pause();
  });

  const listen = async (port: number) => {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
  };
  await listen(0);
  const { port } = server.address() as net.AddressInfo;
  const cut = () => {
    for (const [client, upstream] of pairs) {
      client.destroy();
      upstream.destroy();
    }
  };
  return {
    port,
    cut,
    cutAt: (bytes) => {
      secret = bytes;
    },
    cutAfter: (count) => {
      most = count;
    },
    hang: () => {
      hanging = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    flow: () => {
      hanging = false;
      for (const pair of pairs) for (const socket of pair) socket.resume();
    },
    close: async () => {
      cut();
      if (!server.listening) return;
      server.close();
      await once(server, "close");
    },
    listen: () => listen(port),
    open: () => pairs.size,
    sent: () => sent,
  };
}
