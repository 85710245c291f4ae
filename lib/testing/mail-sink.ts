import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerSession } from "smtp-server";

/**
 * What the sink does with a mail: takes it; answers with this code to its recipient; never answers; is gone in the middle of it;
 * is gone after all of it, before the answer.
 */
export type SinkAnswer = "take" | number | "stall" | "drop-in-data" | "drop-after-data";

export type ReceivedMail = Email & { envelope: { from: string; to: string[] }; raw: string };

export type MailSink = {
  port: number;
  received: ReceivedMail[];
  /** How many connections there were. */
  connections: () => number;
  answer(next: SinkAnswer): void;
  stop(): Promise<void>;
};

/** A real SMTP server on this machine that keeps what it is given. With `login`, only who knows it may hand in. */
export async function startMailSink({ port = 0, login }: { port?: number; login?: [string, string] } = {}) {
  const received: ReceivedMail[] = [];
  let answer: SinkAnswer = "take";
  let connections = 0;
  const server = new SMTPServer({
    disabledCommands: login ? ["STARTTLS"] : ["STARTTLS", "AUTH"],
    authOptional: !login,
    allowInsecureAuth: true,
    logger: false,
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth({ username, password }, _session, done) {
      if (username === login?.[0] && password === login?.[1]) return done(null, { user: username });
      return done(new Error("Wrong user name or password"));
    },
    onRcptTo(_address, _session, done) {
      if (typeof answer !== "number") return done();
      return done(Object.assign(new Error("Not now"), { responseCode: answer }));
    },
    onData(stream, session, done) {
      if (answer === "drop-in-data") {
        stream.once("data", () => socketOf(server, session)?.destroy());
        return;
      }
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        if (answer === "stall") return;
        void keep(chunks, session).then((mail) => {
          received.push(mail);
          if (answer === "drop-after-data") socketOf(server, session)?.destroy();
          else done();
        }, done);
      });
    },
  });
  server.on("error", () => undefined);
  server.listen(port, "127.0.0.1");
  await once(server.server, "listening");
  const sink: MailSink = {
    port: (server.server.address() as AddressInfo).port,
    received,
    connections: () => connections,
    answer(next) {
      answer = next;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return sink;
}

async function keep(chunks: Buffer[], { envelope }: SMTPServerSession): Promise<ReceivedMail> {
  const raw = Buffer.concat(chunks);
  const from = envelope.mailFrom ? envelope.mailFrom.address : "";
  const to = envelope.rcptTo.map(({ address }) => address);
  return { ...(await PostalMime.parse(raw)), envelope: { from, to }, raw: raw.toString("utf8") };
}

type Connection = { session: { id: string }; _socket: { destroy(): void } };

const socketOf = (server: SMTPServer, session: SMTPServerSession) =>
  [...(server as unknown as { connections: Set<Connection> }).connections].find(
    (connection) => connection.session.id === session.id,
  )?._socket;
