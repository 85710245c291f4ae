import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { runningServer } from "./server";

type Answer = { status: number; text: string; headers: IncomingHttpHeaders };

type Question = { method: string; address: string; headers: Record<string, string>; data?: string };

const agent = new Agent({ keepAlive: true });

/**
 * Asks the server under test with the address as it is written: a browser, and whatever is made for it, would mend its
 * shape first. A connection that the server has just given up is asked for again.
 */
export async function askPlainly(question: Question, tries = 3): Promise<Answer> {
  const { method, address: path, headers: told, data } = question;
  const { hostname, port } = new URL(runningServer().baseUrl);
  const headers = data ? { ...told, "content-length": Buffer.byteLength(data) } : told;
  try {
    return await new Promise((resolve, reject) => {
      const asked = request({ agent, hostname, port, method, path, headers, timeout: 60_000 }, (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () =>
          resolve({
            status: answer.statusCode ?? 0,
            text: Buffer.concat(parts).toString("utf8"),
            headers: answer.headers,
          }),
        );
      });
      asked.on("timeout", () => asked.destroy(new Error(`No answer to ${method} ${path}`)));
      asked.on("error", reject);
      asked.end(data);
    });
  } catch (error) {
    if (tries > 1 && (error as NodeJS.ErrnoException).code === "ECONNRESET") return askPlainly(question, tries - 1);
    throw error;
  }
}
