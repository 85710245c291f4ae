import { mkdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { StartError } from "@/db/embedded";
import { startDemoServer } from "./demo-server";
import { type FloodResult, flood } from "./flood-sign-ins";
import { runMain } from "./run-main";
import { projectRoot } from "./settings";

/** 200 wrong sign-ins at once from one address, for a minute, while others sign in and read (S3, S4). Prints what it counted. */
runMain(async () => {
  const dataDir = join(projectRoot, ".test/flood");
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const port = await freePort();
  process.env.GATEHOUSE_TRUSTED_PROXIES = "127.0.0.1,::1";
  const logFile = join(projectRoot, ".test/flood.log");
  const stop = await startDemoServer({ dataDir, port, databaseUrl: "", logFile });
  try {
    const result = await flood({ baseUrl: `http://localhost:${port}`, atOnce: 200, seconds: 60 });
    print(result);
    return judge(result);
  } finally {
    await stop();
  }
});

function print({ wrong, right, pages }: FloodResult) {
  console.table({
    "wrong sign-ins": { ...wrong },
    "right sign-ins from elsewhere": { ...right },
    "other pages": { ...pages },
  });
}

/** The goals of the flood; the exit code. */
function judge({ wrong, right, pages }: FloodResult): number {
  const missed = [
    ...(pages.p95 > 1_000 ? [`other pages' p95 is ${pages.p95} ms, above 1,000`] : []),
    ...(right.succeeded < right.asked * 0.95 ? [`${right.succeeded} of ${right.asked} right sign-ins succeeded`] : []),
    ...(wrong.failed > 0 ? [`${wrong.failed} wrong sign-ins got neither a refusal nor 429`] : []),
    ...(wrong.refused429 === 0 ? ["nothing got 429"] : []),
  ];
  if (missed.length > 0) throw new StartError(missed.join("; "));
  return 0;
}

const freePort = () =>
  new Promise<string>((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(String(typeof address === "object" && address ? address.port : "")));
    });
  });
