import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import postgres from "postgres";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { findPostmaster } from "./clusters/cluster";
import { type Embedded, findFolderHolder, startEmbedded } from "./embedded";

let folder: string;
let open: { stop(): Promise<void> }[];

beforeEach(() => {
  mkdirSync(resolve(".test"), { recursive: true });
  folder = mkdtempSync(join(resolve(".test"), "embedded data "));
  open = [];
});

afterEach(async () => {
  for (const one of open.reverse()) await one.stop();
  rmSync(folder, { recursive: true });
});

async function start(options: Parameters<typeof startEmbedded>[1] = {}): Promise<Embedded> {
  const started = await startEmbedded(folder, { durable: false, ...options });
  open.push(started);
  return started;
}

/** Another process that holds the folder, as a server does. */
async function startElsewhere(): Promise<ChildProcess> {
  const script = `import("./db/embedded.ts").then((m) => m.startEmbedded(process.argv[1], { durable: false }))
    .then(() => console.log("held"), (error) => console.log(error.message))`;
  const child = spawn(process.execPath, ["--import", "tsx", "-e", script, folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(child.stdout!, "data");
  expect(String(said).trim()).toBe("held");
  return child;
}

async function kill(child: ChildProcess) {
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function ask(url: string, question: string) {
  const sql = postgres(url, { max: 1 });
  try {
    return await sql.unsafe(question);
  } finally {
    await sql.end();
  }
}

describe("startEmbedded", () => {
  it("starts a UTF-8 server that keeps what was written", async () => {
    const first = await start();
    await ask(first.url, "create table kept as select 'é' as word");
    await first.stop();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await ask(second.url, "select word from kept")).toEqual([{ word: "é" }]);
    const shown = "select current_setting('server_encoding') as encoding, current_setting('random_page_cost') as cost";
    expect(await ask(second.url, shown)).toEqual([{ encoding: "UTF8", cost: "1.1" }]);
  });

  it("adopts the server of a killed process, with what it committed", async () => {
    const owner = await startElsewhere();
    const before = findPostmaster(join(folder, "postgresql"));
    await kill(owner);
    const { adopted, url } = await start();
    expect(adopted).toBe(true);
    expect(findPostmaster(join(folder, "postgresql"))?.pid).toBe(before?.pid);
    expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]);
  });

  it("refuses a second start and names the process", async () => {
    const owner = await startElsewhere();
    await expect(startEmbedded(folder)).rejects.toThrow(`Gatehouse already runs on this folder (process ${owner.pid})`);
    await kill(owner);
    await start();
  });

  it("shares a folder, and the last one out stops the server", async () => {
    const first = await start({ share: true });
    const second = await start({ share: true });
    await expect(startEmbedded(folder)).rejects.toThrow("already runs on this folder");
    await first.stop();
    expect(await ask(second.url, "select 1 as one")).toEqual([{ one: 1 }]);
    await second.stop();
    open = [];
    expect(findPostmaster(join(folder, "postgresql"))).toBeNull();
  });

  it("starts the server again on the same address when it dies", async () => {
    const { url } = await start();
    const cluster = join(folder, "postgresql");
    const before = findPostmaster(cluster);
    process.kill(before!.pid, "SIGKILL");
    await vi.waitFor(() => expect(findPostmaster(cluster)).toMatchObject({ ready: true, port: before!.port }), 15_000);
    await vi.waitFor(async () => expect(await ask(url, "select 1 as one")).toEqual([{ one: 1 }]), 15_000);
    // Before that a second start may take the folder, and rightly so.
    await vi.waitFor(async () => expect(await findFolderHolder(folder)).not.toBeNull(), 15_000);
    await expect(startEmbedded(folder)).rejects.toThrow("already runs on this folder");
  });

  it("takes another port when its own is taken", async () => {
    const first = await start();
    await first.stop();
    const port = Number(new URL(first.url).port);
    const thief = createServer().listen(port, "127.0.0.1");
    await once(thief, "listening");
    const second = await start();
    expect(Number(new URL(second.url).port)).not.toBe(port);
    thief.close();
  });

  it("gives no secret to the command line", async () => {
    const { url } = await start();
    const { pid } = findPostmaster(join(folder, "postgresql"))!;
    const password = new URL(url).password;
    if (process.platform === "linux") expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).not.toContain(password);
    expect(password).toHaveLength(43);
  });
});
