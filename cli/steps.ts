import { spawn } from "node:child_process";
import { StartError } from "@/db/embedded";
import { projectRoot } from "./settings";

export interface Step {
  name: string;
  run: () => Promise<void> | void;
}

/** Runs one step after another with a heading and its duration, stops at the first that fails; gives the exit code. */
export async function runSteps(steps: Step[]): Promise<number> {
  let passed = 0;
  let failed = "";
  for (const { name, run } of steps) {
    console.log(`\n▸ ${name}`);
    const begin = Date.now();
    try {
      await run();
      passed += 1;
      console.log(`  ${name}: passed in ${seconds(begin)}`);
    } catch (error) {
      failed = name;
      console.error(error instanceof StartError ? error.message : error);
      console.error(`  ${name}: failed after ${seconds(begin)}`);
      break;
    }
  }
  const left = steps.length - passed - (failed ? 1 : 0);
  console.log(`\n${passed} passed, ${failed ? `1 failed (${failed})` : "0 failed"}${left ? `, ${left} not run` : ""}`);
  return failed ? 1 : 0;
}

/** Runs a program of node_modules to its end. Throws StartError when it fails. */
export async function runProgram(name: string, args: string[], env: Record<string, string> = {}): Promise<void> {
  const child = spawn(`node_modules/.bin/${name}`, args, {
    cwd: projectRoot,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const code = await new Promise<number>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => resolve(status ?? 1));
  });
  if (code !== 0) throw new StartError(`${name} ended with code ${code}`);
}

function seconds(begin: number) {
  return `${((Date.now() - begin) / 1000).toFixed(1)} s`;
}
