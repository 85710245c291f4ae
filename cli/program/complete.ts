import { type ApiDocument, verbsOf } from "./document";
import { generalOptions, optionsOf } from "./options";
import { chooseRemote } from "./profiles";
import { readGeneral } from "./read-arguments";
import { builtIns } from "./sign-in";
import { readKept } from "./source";
import { usageError } from "./stop";

/**
 * What is possible at one place of a line, for a shell that asks at every press of Tab: of the description that the last call has
 * kept, without a server or a database. `words`: the line, with the program's name.
 */
export function completionsFor(place: number, words: string[], document: ApiDocument | null): string[] {
  const before = words.slice(1, place).filter((word) => word !== "=");
  const typed = words[place] === "=" ? "" : (words[place] ?? "");
  const said = readGeneral(before.filter((_, at) => at < 2 || !before[at]?.startsWith("--"))).words;
  const verbs = document ? verbsOf(document) : [];
  const [noun, verb] = said;
  const found = verbs.find((one) => one.noun === noun && one.verb === verb);
  const options = found ? optionsOf(found) : generalOptions;
  const last = options.find(({ name, value }) => before.at(-1) === `--${name}` && value === "one");
  const offered = last
    ? last.choices
    : typed.startsWith("-")
      ? options.map(({ name }) => `--${name}`)
      : nounsOrVerbs(said, verbs);
  return offered.filter((word) => word.startsWith(typed) && plainWord.test(word));
}

/** A shell puts what it is offered into the line as it is, so a server could have it run something. */
const plainWord = /^[\w.:@+-]+$/;

function nounsOrVerbs(said: string[], verbs: ReturnType<typeof verbsOf>): string[] {
  const [noun] = said;
  if (said.length === 0) return [...new Set([...verbs.map((one) => one.noun), ...Object.keys(builtIns)])].toSorted();
  if (said.length > 1) return [];
  if (noun === "completion") return ["bash", "zsh"];
  return verbs.flatMap((one) => (one.noun === noun ? [one.verb] : [])).toSorted();
}

/** The verb that the scripts call, which no help lists. `local`: the name of this machine's source; null: there is none. */
export function complete(argv: string[], env: Record<string, string | undefined>, local: string | null): string[] {
  const [place, ...words] = argv;
  try {
    const remote = chooseRemote(readGeneral(words.slice(1)), env, local === null);
    return completionsFor(Number(place), words, readKept(env, remote?.server ?? local ?? ""));
  } catch {
    return [];
  }
}

const scripts: Record<string, string> = {
  bash: `_gatehouse() {
  local IFS=$'\\n'
  COMPREPLY=($("\${COMP_WORDS[0]}" __complete "$COMP_CWORD" "\${COMP_WORDS[@]}" 2>/dev/null))
}
complete -o default -F _gatehouse gatehouse`,
  zsh: `_gatehouse() {
  local -a found
  found=("\${(@f)$("\${words[1]}" __complete $((CURRENT - 1)) "\${words[@]}" 2>/dev/null)}")
  compadd -- \${found:#}
}
compdef _gatehouse gatehouse`,
};

export function completionScript(shell: string | undefined): string {
  const script = shell !== undefined && Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (!script) throw usageError("Name a shell: bash or zsh.", "gatehouse completion");
  return script;
}
