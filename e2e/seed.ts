/** Where what is random begins: the same in every run of the journeys, so that a run can be repeated, and new in `npm run test:faults`. */
export const seedOfRun = (): number => (process.env.GATEHOUSE_THOROUGH === "1" ? Date.now() % 1_000_000 : 20_261_129);
