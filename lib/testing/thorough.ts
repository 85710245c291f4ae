import { inject } from "vitest";

/** How often something random is tried: a little in every run of the tests, and often in `npm run test:faults`. */
export const rounds = (usual: number, thorough: number): number => (inject("thorough") ? thorough : usual);

/** Where what is random begins: the same in every run of the tests, so that a run can be repeated, and new in `npm run test:faults`. */
export const seedOfRun = (): number => (inject("thorough") ? Date.now() % 1_000_000 : 20_261_129);

/** One line of the table that a proof leaves behind. */
export function tell(what: string, facts: Record<string, string | number>): void {
  const told = Object.entries(facts).map(
    ([name, value]) => `${typeof value === "number" ? value.toLocaleString("en-US") : value} ${name}`,
  );
  console.log(`${what}: ${told.join(", ")}`);
}
