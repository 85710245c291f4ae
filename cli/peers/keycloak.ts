import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort, StartError } from "@/db/embedded";
import { projectRoot } from "../settings";
import { keycloakAdmin, realmOf } from "./realm";

const version = "26.7.3";
const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
const folder = join(projectRoot, ".test", "keycloak");
const home = join(folder, `keycloak-${version}`);
const unpack = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:unpack";

/** Seconds for which it may start: the first start of a distribution builds itself. */
const patience = 180;

/** A Keycloak with the realm of the tests on loopback, and the way to stop it. Throws `StartError` where none can be had. */
export async function startKeycloak(redirectUri: string): Promise<{ discoveryUrl: string; stop: () => void }> {
  obtain();
  const port = await freePort();
  const imported = join(home, "data", "import");
  rmSync(join(home, "data"), { recursive: true, force: true });
  mkdirSync(imported, { recursive: true });
  writeFileSync(join(imported, "gatehouse-realm.json"), JSON.stringify(realmOf(redirectUri)));
  const args = ["start-dev", "--import-realm", "--http-host=127.0.0.1", `--http-port=${port}`, "--cache=local"];
  // A group of its own, so that the script and its Java end together.
  const child = spawn("sh", [join(home, "bin", "kc.sh"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
    env: {
      ...process.env,
      KC_BOOTSTRAP_ADMIN_USERNAME: keycloakAdmin.username,
      KC_BOOTSTRAP_ADMIN_PASSWORD: keycloakAdmin.password,
    },
  });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => said.push(String(part)));
  const stop = () => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
  };
  const discoveryUrl = `http://127.0.0.1:${port}/realms/gatehouse/.well-known/openid-configuration`;
  for (let waited = 0; waited < patience; waited++) {
    if (child.exitCode !== null) throw new StartError(`Keycloak ended:\n${said.join("").slice(-2_000)}`);
    if (await answers(discoveryUrl)) return { discoveryUrl, stop };
    await sleep(1_000);
  }
  stop();
  throw new StartError(`Keycloak did not answer within ${patience} seconds:\n${said.join("").slice(-2_000)}`);
}

const answers = (address: string) =>
  fetch(address).then(
    ({ ok }) => ok,
    () => false,
  );

/** From Maven Central, once. */
function obtain(): void {
  if (!runs("java", ["-version"]))
    throw new StartError("Java is not installed. On Debian, as root: apt-get install openjdk-17-jre-headless");
  if (existsSync(join(home, "bin", "kc.sh"))) return;
  if (!runs("mvn", ["-version"]))
    throw new StartError("Maven is not installed. On Debian, as root: apt-get install maven");
  mkdirSync(folder, { recursive: true });
  console.log(`  Keycloak ${version} is fetched from Maven Central, about 170 MB.`);
  const args = ["-q", "-B", unpack, `-Dartifact=${artifact}`, `-DoutputDirectory=${folder}`];
  const { status } = spawnSync("mvn", args, { cwd: folder, stdio: ["ignore", "inherit", "inherit"], timeout: 900_000 });
  if (status !== 0 || !existsSync(join(home, "bin", "kc.sh")))
    throw new StartError(`Keycloak ${version} could not be fetched from Maven Central.`);
}

const runs = (program: string, args: string[]) =>
  spawnSync(program, args, { stdio: "ignore", timeout: 60_000 }).status === 0;
