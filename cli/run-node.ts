import { spawn } from "node:child_process";
import { projectRoot } from "./settings";

interface RunOptions {
  env: NodeJS.ProcessEnv;
  /** What it says is said at once; else only where it fails. */
  verbose: boolean;
  signal?: AbortSignal | undefined;
}

/** Runs a Node program in the project's folder and gives its exit code. */
export function runNode(args: string[], { env, verbose, signal }: RunOptions): Promise<number> {
  return new Promise((resolve, reject) => {
    const output = verbose ? "inherit" : "pipe";
    const child = spawn(process.execPath, args, {
      cwd: projectRoot,
      env,
      stdio: ["ignore", output, output],
      signal,
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece: Buffer) => said.push(piece));
    child.once("error", reject);
    child.once("close", (status) => {
      const code = status ?? 1;
      if (code !== 0) process.stderr.write(Buffer.concat(said));
      resolve(code);
    });
  });
}
