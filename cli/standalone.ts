import { runProgram } from "./program/run";
import { endWith, processTerminal } from "./program/terminal";

/**
 * The command line for machines without a checkout: one file without dependencies, which Gatehouse serves at /gatehouse.mjs and
 * cli/bundle-program.ts makes. Knows servers alone; the verbs are those that the server describes.
 */
endWith(runProgram(process.argv.slice(2), processTerminal(), null));
