import { complete, completionScript } from "./complete";
import { doVerb } from "./do-verb";
import { type Verb, verbsOf } from "./document";
import { builtInHelp, nounHelp, verbHelp, wholeHelp } from "./help";
import { didYouMean } from "./nearest";
import { chooseRemote } from "./profiles";
import { type General, readArguments, readGeneral } from "./read-arguments";
import { harmlessLines } from "./show-values";
import { builtIns, login, logout, whoami } from "./sign-in";
import { remoteSource, type Source } from "./source";
import { exitCodes, Stop, usageError } from "./stop";
import type { Terminal } from "./terminal";

/** A call of the command line, to its exit code. `local`: what is done where no server is named; null: that is an error. */
export async function runProgram(argv: string[], open: Terminal, local: Source | null): Promise<number> {
  const terminal = guarded(open);
  if (argv[0] === "__complete") {
    for (const word of complete(argv.slice(1), terminal.env, local?.name ?? null)) terminal.print(word);
    return exitCodes.done;
  }
  try {
    return await call(argv, terminal, local);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    terminal.tell(error.message);
    return error.code;
  }
}

/** Whatever a server says, in its description too, reaches the screen as text alone. */
const guarded = (terminal: Terminal): Terminal => ({
  ...terminal,
  print: (line) => terminal.print(harmlessLines(line)),
  tell: (line) => terminal.tell(harmlessLines(line)),
  ask: (question) => terminal.ask(harmlessLines(question)),
});

async function call(argv: string[], terminal: Terminal, local: Source | null): Promise<number> {
  const general = readGeneral(argv);
  const [noun] = general.words;
  if (noun !== undefined && Object.hasOwn(builtIns, noun)) return callBuiltIn(argv, general, terminal, local);
  const remote = chooseRemote(general, terminal.env, local === null);
  const source = remote ? remoteSource(remote, terminal) : local;
  if (noun === undefined) return showWhole(general, terminal, source);
  if (!source) throw usageError("No server given: use --server, or sign in first.", "gatehouse login");
  const verbs = verbsOf(await source.document());
  const verb = findVerb(general, verbs);
  if (general.help || !verb) {
    terminal.print(verb ? verbHelp(verb) : nounHelp(noun, verbs));
    return exitCodes.done;
  }
  return doVerb({ verb, given: readArguments(argv, verb), source, terminal, json: general.json });
}

/** The verb that was meant; null where a noun alone is to be explained. */
function findVerb({ words: [noun = "", verb], help }: General, verbs: Verb[]): Verb | null {
  const own = verbs.filter((one) => one.noun === noun);
  if (own.length === 0) {
    const known = [...new Set(verbs.map((one) => one.noun)), ...Object.keys(builtIns)];
    throw usageError(`There is no noun "${noun}".${didYouMean(noun, known)}`);
  }
  if (verb === undefined && help) return null;
  const names = own.map((one) => one.verb).toSorted();
  if (verb === undefined) throw usageError(`Choose a verb: gatehouse ${noun} ${names.join("|")}.`, `gatehouse ${noun}`);
  const found = own.find((one) => one.verb === verb);
  if (!found) throw usageError(`There is no "${noun} ${verb}".${didYouMean(verb, names)}`, `gatehouse ${noun}`);
  return found;
}

async function showWhole({ help }: General, { print, tell }: Terminal, source: Source | null): Promise<number> {
  if (!help) throw usageError("Give a noun and a verb, such as gatehouse user list.");
  const verbs = await source
    ?.document()
    .then(verbsOf)
    .catch((error: unknown) => {
      if (!(error instanceof Stop)) throw error;
      tell(error.message);
      return null;
    });
  print(wholeHelp(verbs ?? null));
  return exitCodes.done;
}

function callBuiltIn(argv: string[], general: General, terminal: Terminal, local: Source | null) {
  const [name = "", ...more] = general.words;
  const help = `gatehouse ${name}`;
  if (general.help) {
    terminal.print(builtInHelp(name));
    return exitCodes.done;
  }
  const known = ["--server", "--profile", "--json", "--help", "-h"];
  const unknown = argv.find((word) => word.startsWith("-") && !known.includes(word.split("=")[0] ?? ""));
  if (unknown?.startsWith("--token"))
    throw usageError(
      "A token would be visible to other users of this machine: pass it in GATEHOUSE_TOKEN or on standard input.",
      help,
    );
  if (unknown) throw usageError(`${unknown.split("=")[0]} is not known.`, help);
  if (name === "completion") {
    terminal.print(completionScript(more[0]));
    return exitCodes.done;
  }
  if (more[0] !== undefined) throw usageError(`Unexpected argument "${more[0]}".`, help);
  if (name === "login") return login(general, terminal);
  return name === "logout" ? logout(general, terminal) : whoami(general, terminal, local?.owner ?? null);
}
