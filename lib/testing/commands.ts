import { isOperation, type OperationKey } from "@/lib/operations";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** A command, found where it is declared. */
export type FoundCommand = { name: string; path: string; operation: OperationKey };

const calls = /\bcommand\(/g;
const declaring = /\bcommand\(\s*\w+\["([^"]+)"\]/y;

/** Every command of the project, by reading its sources: a new one cannot be forgotten. Throws when one names no operation. */
export function findCommands(): FoundCommand[] {
  const engine = "lib/kernel/command.ts";
  const paths = projectFiles.filter((path) => /^lib\/.*\.ts$/.test(path) && !isTest(path) && path !== engine);
  return paths.flatMap((path) => {
    const text = textOf(path);
    return [...text.matchAll(calls)].map(({ index }) => {
      declaring.lastIndex = index;
      const operation = declaring.exec(text)?.[1] ?? "";
      if (!isOperation(operation)) throw new Error(`${path} declares a command without naming an operation`);
      return { name: functionAt(text, index), path, operation };
    });
  });
}

/** The function at the margin that contains a place. */
const functionAt = (text: string, index: number) =>
  [...text.slice(0, index).matchAll(/^(?:export )?(?:async )?(?:function|const) (\w+)/gm)].at(-1)?.[1] ?? "";
