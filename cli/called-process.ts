import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programText } from "./bundle-program";
import { projectRoot } from "./settings";

export type Called = { code: number | null; out: string; err: string };

/** A machine for tests: a home folder of its own, and the command line for other machines on its path, as `gatehouse`. `text`: of that program. */
export function newMachine(text = programText()) {
  const home = mkdtempSync(join(tmpdir(), "gatehouse-machine-"));
  const program = join(home, "bin", "gatehouse");
  mkdirSync(join(home, "bin"));
  writeFileSync(program, text);
  chmodSync(program, 0o755);
  const env: NodeJS.ProcessEnv = {
    NODE_ENV: "production",
    PATH: `${join(home, "bin")}:${process.env.PATH}`,
    HOME: home,
  };
  const start = (file: string, argv: string[], more: Record<string, string> = {}, cwd = home) => {
    const child = spawn(file, argv, { cwd, env: { ...env, ...more }, stdio: ["pipe", "pipe", "pipe"] });
    const said: Called = { code: null, out: "", err: "" };
    child.stdout.on("data", (piece) => {
      said.out += piece;
    });
    child.stderr.on("data", (piece) => {
      said.err += piece;
    });
    child.stdin.on("error", () => {});
    const ended = once(child, "close").then(([code]): Called => ({ ...said, code: code as number | null }));
    return { child, ended, said };
  };
  /** Runs something to its end, with this on its standard input. */
  async function run(file: string, argv: string[], { input = "", ...more }: Record<string, string> = {}, cwd = home) {
    const { child, ended } = start(file, argv, more, cwd);
    child.stdin.end(input);
    return ended;
  }
  return {
    home,
    start,
    run,
    /** The program for other machines. */
    gatehouse: (argv: string[], more: Record<string, string> = {}) => run(program, argv, more),
    /** The command line of this checkout. */
    owner: (argv: string[], more: Record<string, string> = {}) =>
      run(process.execPath, ["--import", "tsx", "cli/gatehouse.ts", ...argv], more, projectRoot),
  };
}
