import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { embeddedUrl, freePort } from "@/db/embedded";
import { startDemoServer } from "../demo-server";
import { projectRoot } from "../settings";

export type FaultServer = { baseUrl: string; databaseUrl: string; dataDir: string };

type Setting = {
  /** What the server is configured with. */
  env?: Record<string, string>;
  /** Sees the data folder while it is empty. */
  prepare?: (dataDir: string) => void;
};

/** A demonstration of its own, on 127.0.0.1 and fresh data, that trusts the given addresses; removed afterwards. */
export async function withFaultServer<T>(
  name: string,
  work: (server: FaultServer) => Promise<T>,
  { env = {}, prepare = () => undefined }: Setting = {},
): Promise<T> {
  const dataDir = join(projectRoot, ".test", name);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  prepare(dataDir);
  const port = String(await freePort());
  Object.assign(process.env, { GATEHOUSE_TRUSTED_PROXIES: "127.0.0.1,::1", ...env });
  const stop = await startDemoServer({ dataDir, port, databaseUrl: "", logFile: `${dataDir}.log` });
  try {
    return await work({ baseUrl: `http://localhost:${port}`, databaseUrl: embeddedUrl(dataDir), dataDir });
  } finally {
    await stop();
  }
}
