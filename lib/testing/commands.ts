import { isOperation, type OperationKey } from "@/lib/operations";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** A function that writes, found where it is declared as a command, or where it calls the one door itself. */
export type FoundCommand = { name: string; path: string; operation: OperationKey; declared: boolean };

const calls = /\b(mutate|command)\(/g;
const mutating = /\bmutate\(\s*\w+,\s*"([^"]+)"/y;
const declaring = /\bcommand\(\s*\w+\["([^"]+)"\]/y;

/** Every command of the project, by reading its sources: a new one cannot be forgotten. Throws when one names no operation. */
export function findCommands(): FoundCommand[] {
  const engine = /^lib\/(mutate|kernel\/command)\.ts$/;
  const paths = projectFiles.filter((path) => /^lib\/.*\.ts$/.test(path) && !isTest(path) && !engine.test(path));
  return paths.flatMap((path) => {
    const text = textOf(path);
    return [...text.matchAll(calls)].map(({ index, 1: called }) => {
      const declared = called === "command";
      const literal = declared ? declaring : mutating;
      literal.lastIndex = index;
      const operation = literal.exec(text)?.[1] ?? "";
      if (!isOperation(operation)) throw new Error(`${path} calls ${called} without naming an operation`);
      return { name: functionAt(text, index), path, operation, declared };
    });
  });
}

/** The function at the margin in which a place stands. */
const functionAt = (text: string, index: number) =>
  [...text.slice(0, index).matchAll(/^(?:export )?(?:async )?(?:function|const) (\w+)/gm)].at(-1)?.[1] ?? "";
