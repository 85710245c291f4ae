import { isOperation, type OperationKey } from "@/lib/operations";
import { isTest, projectFiles, textOf } from "@/lib/testing/sources";

/** A function that writes, found where it calls the one door. */
export type FoundCommand = { name: string; path: string; operation: OperationKey };

const call = /\bmutate\(/g;
const literal = /\bmutate\(\s*\w+,\s*"([^"]+)"/y;

/** Every command of the project, by reading its sources: a new one cannot be forgotten. Throws when one names no operation. */
export function findCommands(): FoundCommand[] {
  const paths = projectFiles.filter((path) => /^lib\/.*\.ts$/.test(path) && !isTest(path) && path !== "lib/mutate.ts");
  return paths.flatMap((path) => {
    const text = textOf(path);
    return [...text.matchAll(call)].map(({ index }) => {
      literal.lastIndex = index;
      const operation = literal.exec(text)?.[1] ?? "";
      if (!isOperation(operation)) throw new Error(`${path} calls mutate without naming an operation`);
      return { name: functionAt(text, index), path, operation };
    });
  });
}

/** The function at the margin in which a place stands. */
const functionAt = (text: string, index: number) =>
  [...text.slice(0, index).matchAll(/^(?:export )?(?:async )?(?:function|const) (\w+)/gm)].at(-1)?.[1] ?? "";
