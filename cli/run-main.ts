import { StartError } from "@/db/embedded";

/** Runs a command to its exit code. What the person can put right is said in words, the rest with its stack. */
export function runMain(main: () => Promise<number>) {
  main().then(
    (code) => process.exit(code),
    (error: unknown) => {
      console.error(error instanceof StartError ? error.message : error);
      process.exit(1);
    },
  );
}
