import { runProgram } from "./program/run";
import { endProcess, endQuietly, processTerminal } from "./program/terminal";

/**
 * The command line for machines without a checkout: one file without dependencies, which Gatehouse serves at /gatehouse.mjs and
 * cli/bundle-program.ts makes. Knows servers alone; the verbs are those that the server describes.
 */
endQuietly(async () => {});
void runProgram(process.argv.slice(2), processTerminal(), null).then(endProcess);
