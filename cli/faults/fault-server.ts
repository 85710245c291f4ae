import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { embeddedUrl, freePort } from "@/db/embedded";
import { startDemoServer } from "../demo-server";
import { projectRoot } from "../settings";

/** A demonstration of its own, on 127.0.0.1 and fresh data, that trusts the addresses which it is told; gone afterwards. */
export async function withFaultServer<T>(
  name: string,
  env: Record<string, string>,
  work: (server: { baseUrl: string; databaseUrl: string }) => Promise<T>,
): Promise<T> {
  const dataDir = join(projectRoot, ".test", name);
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = String(await freePort());
  Object.assign(process.env, { GATEHOUSE_TRUSTED_PROXIES: "127.0.0.1,::1", ...env });
  const stop = await startDemoServer({ dataDir, port, databaseUrl: "", logFile: `${dataDir}.log` });
  try {
    return await work({ baseUrl: `http://localhost:${port}`, databaseUrl: embeddedUrl(dataDir) });
  } finally {
    await stop();
  }
}
