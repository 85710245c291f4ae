import { ownerSource } from "./owner/source";
import { runProgram } from "./program/run";
import { exitCodes } from "./program/stop";
import { endProcess, endQuietly, processTerminal } from "./program/terminal";

/** The command line of this checkout: as the server's owner on its database, or at a server that is named. */
const terminal = processTerminal();
const owner = ownerSource(terminal);
endQuietly(() => owner.close());

runProgram(process.argv.slice(2), terminal, owner)
  .catch((error: unknown) => {
    console.error(error);
    return exitCodes.unreachable;
  })
  .finally(() => owner.close())
  .then(endProcess);
