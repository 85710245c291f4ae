import { once } from "node:events";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";

export interface MailFolder {
  /** For SMTP_URL. */
  url: string;
  stop(): Promise<void>;
}

/**
 * A mail server of this machine that delivers to nobody: each mail becomes a file in the folder, and a line that says its
 * recipient, subject and link. For development and for the journeys.
 */
export async function startMailFolder(folder: string, log?: (line: string) => void): Promise<MailFolder> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  let count = 0;
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS", "AUTH"],
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.once("end", () => {
        const raw = Buffer.concat(chunks);
        count += 1;
        const name = `${new Date().toISOString().replace(/[:.]/g, "-")}-${String(count).padStart(4, "0")}`;
        writeFileSync(join(folder, `${name}.part`), raw, { mode: 0o600 });
        renameSync(join(folder, `${name}.part`), join(folder, `${name}.eml`));
        void tell(raw, log).then(() => done(), done);
      });
    },
  });
  server.on("error", (error) => log?.(`The mail sink: ${error.message}`));
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

async function tell(raw: Buffer, log?: (line: string) => void) {
  if (!log) return;
  const mail = await PostalMime.parse(raw);
  const link = /https?:\/\/\S+/.exec(mail.text ?? "")?.[0];
  log(`Mail to ${mail.to?.[0]?.address}: ${mail.subject}${link ? `\n  ${link}` : ""}`);
}
