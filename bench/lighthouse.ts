import { execFile, execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import postgres from "postgres";
import { findBrowser } from "@/cli/browser";
import { signIn, startBuild } from "./build";
import { copyOfHouse } from "./kept-house";
import { printTable } from "./measure";

/** The last version that runs on Node 20. */
const packages = ["lighthouse@12.8.2"];
const folder = join(import.meta.dirname, "..", ".test", "lighthouse");
const categories = ["accessibility", "best-practices", "performance"] as const;
const sizes = ["desktop", "phone"] as const;
const goals = { accessibility: 100, "best-practices": 100, performance: 97 };

type Report = {
  categories: Record<string, { score: number | null; auditRefs: { id: string; weight: number }[] }>;
  audits: Record<string, { score: number | null }>;
  runtimeError?: { message: string };
};

/**
 * Lighthouse's scores of the main screens, in both sizes: the phone is one with a slow network and a fourth of the processor. Its packages
 * are installed in a folder of their own.
 */
export async function benchLighthouse(serverUrl: string, size: number): Promise<void> {
  if (!existsSync(join(folder, "node_modules"))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type: "module" }));
    execFileSync("npm", ["install", "--no-audit", "--no-fund", ...packages], { cwd: folder, stdio: "inherit" });
  }
  const browser = findBrowser(console.log);
  const database = await copyOfHouse(serverUrl, "gatehouse_bench_lighthouse", size);
  try {
    const secret = randomBytes(32).toString("hex");
    const cookie = await signIn(database.url, secret);
    const build = await startBuild("this build", join(import.meta.dirname, ".."), database.url, secret, cookie);
    const rows: string[][] = [];
    try {
      for (const [screen, path, signedIn] of await screensOf(database.url)) {
        const scores: string[] = [];
        const faults = new Set<string>();
        for (const seen of sizes) {
          const report = await reportOf(browser, `${build.base}${path}`, seen, signedIn ? cookie : null);
          for (const category of categories) {
            const { score, auditRefs } = report.categories[category] ?? { score: null, auditRefs: [] };
            const points = Math.round((score ?? 0) * 100);
            scores.push(points < goals[category] ? `**${points}**` : String(points));
            for (const { id, weight } of auditRefs) if (weight > 0 && report.audits[id]?.score === 0) faults.add(id);
          }
        }
        rows.push([screen, ...scores, [...faults].join(", ")]);
      }
    } finally {
      await build.end();
    }
    printTable(
      `Lighthouse at ${size.toLocaleString("en-US")} users, goals 100, 100 and ${goals.performance}`,
      ["screen", ...sizes.flatMap((seen) => categories.map((category) => `${category}, ${seen}`)), "missed"],
      rows,
    );
  } finally {
    await database.drop();
  }
}

/** Name, address, and whether one is signed in there. */
async function screensOf(url: string): Promise<[string, string, boolean][]> {
  const sql = postgres(url, { max: 1 });
  try {
    const [person] = await sql<
      { id: string }[]
    >`select id from users where status = 'active' order by name_key limit 1`;
    return [
      ["sign-in", "/sign-in", false],
      ["home", "/admin", true],
      ["users", "/admin/users", true],
      ["a user", `/admin/users/${person?.id}`, true],
      ["groups", "/admin/groups", true],
      ["roles", "/admin/roles", true],
      ["organisation", "/admin/organisation", true],
      ["clients", "/admin/clients", true],
      ["audit log", "/admin/audit", true],
      ["settings", "/admin/settings", true],
      ["profile", "/account", true],
    ];
  } finally {
    await sql.end({ timeout: 5 });
  }
}

async function reportOf(
  browser: string,
  address: string,
  seen: (typeof sizes)[number],
  cookie: string | null,
): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(folder, "node_modules/lighthouse/cli/index.js"),
      address,
      "--quiet",
      "--output=json",
      `--only-categories=${categories.join(",")}`,
      "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
      ...(seen === "desktop" ? ["--preset=desktop"] : []),
      ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []),
    ],
    { maxBuffer: 100e6, env: { NODE_ENV: "production", PATH: "/usr/bin:/bin", HOME: folder, CHROME_PATH: browser } },
  );
  const report = JSON.parse(stdout) as Report;
  if (report.runtimeError) throw new Error(`Lighthouse could not read ${address}: ${report.runtimeError.message}`);
  return report;
}
