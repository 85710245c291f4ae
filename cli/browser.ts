import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { StartError } from "@/db/embedded";
import { projectRoot } from "./settings";

/** The headless shell first: it draws no windows of its own, which takes a sixth off the browser tests. */
const names = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "chrome",
];
const folders = ["/usr/bin", "/usr/local/bin", "/opt/google/chrome", "/opt/homebrew/bin", "/snap/bin"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** The path of a browser that runs on this machine, or null. GATEHOUSE_BROWSER goes first. */
export function findInstalledBrowser(): string | null {
  const { GATEHOUSE_BROWSER: wished, PATH = "" } = process.env;
  const places = [...PATH.split(":").filter(Boolean), ...folders].flatMap((folder) =>
    names.map((name) => `${folder}/${name}`),
  );
  const candidates = [...(wished ? [wished] : []), chromium.executablePath(), ...applications, ...new Set(places)];
  return candidates.find((path) => existsSync(path) && runs(path)) ?? null;
}

/** Finds a browser or installs one. Throws StartError that says what is missing. */
export function findBrowser(log: (line: string) => void): string {
  const installed = findInstalledBrowser();
  if (installed) return installed;
  log("No Chromium or Chrome is installed. Downloading Playwright's.");
  attempt("node_modules/.bin/playwright", ["install", "chromium"]);
  const downloaded = findInstalledBrowser();
  if (downloaded) return downloaded;
  if (process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    log("Installing the system's Chromium.");
    attempt("/usr/bin/apt-get", ["update", "-q"]);
    for (const name of ["chromium-headless-shell", "chromium"]) {
      attempt("/usr/bin/apt-get", ["install", "-y", "-q", "--no-install-recommends", name]);
      const packaged = findInstalledBrowser();
      if (packaged) return packaged;
    }
  }
  throw new StartError(
    "The browser tests need Chromium or Chrome, and none could be installed. Install one (on Debian, as root: apt-get install chromium), or set GATEHOUSE_BROWSER to its path.",
  );
}

function runs(path: string) {
  return spawnSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function attempt(program: string, args: string[]) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync(program, args, { cwd: projectRoot, env, stdio: ["ignore", "inherit", "inherit"], timeout: 300_000 });
}
