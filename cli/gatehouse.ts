import { ownerSource } from "./owner/source";
import { runProgram } from "./program/run";
import { endWith, processTerminal } from "./program/terminal";

/** The command line of this checkout: as the server's owner on its database, or at a server that is named. */
const terminal = processTerminal();
const owner = ownerSource(terminal);
endWith(runProgram(process.argv.slice(2), terminal, owner), () => owner.close());
