import { makeClients, type SeedClient } from "./clients";
import { makePeople, type SeedPerson } from "./factories";
import { makeSignIns, type SeedSignIn } from "./sign-ins";

export type Demonstration = { people: SeedPerson[]; clients: SeedClient[]; signIns: SeedSignIn[] };

/** The demonstration's data as of a moment: plain rows, the same for the same moment, stored by lib/demo/load.ts. */
export function makeDemonstration(now: Date): Demonstration {
  const people = makePeople(now);
  return { people, clients: makeClients(people, now), signIns: makeSignIns(people, now) };
}

export const demoGroups = [
  { name: "Regression", description: "Runs the nightly regression suites.", owner: "lee", role: null },
  { name: "Staging", description: "Tests on the staging environment.", owner: "quinn", role: "Staging Tester" },
  { name: "Release", description: "Decides whether a version ships.", owner: "quinn", role: "Release Approver" },
];

/** Roles of the demonstration's own, on top of its preset: what its groups and service accounts carry. `operations`: of the preset's. */
export const demoRoles = [
  {
    name: "Staging Tester",
    description: "Resets the staging environment between test runs.",
    combinesWith: [],
    appOperation: { key: "staging.reset", sentence: "Reset the staging environment" },
  },
  {
    name: "Release Approver",
    description: "Approves a release. In force for managers and leads only.",
    combinesWith: ["Quality Manager", "Quality Lead"],
    appOperation: { key: "release.approve", sentence: "Approve a release" },
  },
  {
    name: "Test Runner",
    description: "Runs tests and reads their reports, for build programs.",
    combinesWith: [],
    appOperation: null,
    operations: ["execution.configure", "report.view", "test_step.run"],
  },
];
