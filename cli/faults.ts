import { StartError } from "@/db/embedded";
import { findBrowser } from "./browser";
import { ensureBuild } from "./production-build";
import { runMain } from "./run-main";
import { runProgram, runSteps, type Step } from "./steps";

const thorough = { GATEHOUSE_THOROUGH: "1" };
/** As it is printed, without the name of the test before each line. */
const vitest = (...files: string[]) => runProgram("vitest", ["run", ...files, "--disable-console-intercept"], thorough);

const races = [
  "lib/users/races.test.ts",
  "lib/users/chosen-races.test.ts",
  "lib/groups/races.test.ts",
  "lib/links/races.test.ts",
  "lib/clients/register.test.ts",
  "lib/sign-in/sign-in-races.test.ts",
  "lib/sessions/ended-writes.test.ts",
  "lib/setup/commands.test.ts",
];

type Fault = Step & {
  /** The word that selects this step: `npm run test:faults -- flood`. */
  key: string;
  /** Whether the step needs the production build. */
  built?: boolean;
};

const fault = (name: string) => () => runProgram("tsx", [`cli/faults/${name}.ts`]);

/** What `npm test` tries a little of, at its full count, and the faults that a server must survive. Each prints what it counted. */
const faults: Fault[] = [
  {
    key: "attacks",
    name: "Every command without the operation, and attacks",
    run: () => vitest("lib/authz/every-command.test.ts", "lib/authz/attacks.test.ts"),
  },
  { key: "worlds", name: "10,000 random worlds", run: () => vitest("lib/authz/property.test.ts") },
  {
    key: "providers",
    name: "12,500 sign-ins through providers in 2,500 random worlds",
    run: () => vitest("lib/sign-in/providers/property.test.ts"),
  },
  {
    key: "administrators",
    name: "1,000 rounds of administrators who remove each other",
    run: () => vitest("lib/authz/last-administrator.test.ts"),
  },
  {
    key: "managers",
    name: "1,000 rounds of changes that would create a cycle of managers",
    run: () => vitest("lib/users/organisation-races.test.ts"),
  },
  { key: "races", name: "The other races, 1,000 rounds each, 200 of the slow ones", run: () => vitest(...races) },
  {
    key: "equality",
    name: "2 x 1,000 wrong sign-ins, for known and unknown user names",
    built: true,
    run: fault("equality"),
  },
  {
    key: "connections",
    name: "1,700 connections that send nothing or incomplete requests, while pages are read",
    built: true,
    run: fault("connections"),
  },
  { key: "flood", name: "200 wrong sign-ins at once for a minute", built: true, run: fault("flood") },
  {
    key: "postgres",
    name: "PostgreSQL killed five times under load, and stopped for 15 seconds",
    built: true,
    run: fault("postgres"),
  },
  {
    key: "crash",
    name: "The server killed between commits and their answers, with requests repeated with the same keys, and under heartbeats",
    built: true,
    run: fault("crash"),
  },
  { key: "disk", name: "The database's disk full, then free again", built: true, run: fault("disk") },
  {
    key: "upgrade",
    name: "The demonstration of the last commit with fewer migrations is upgraded",
    built: true,
    run: fault("upgrade"),
  },
  {
    key: "journeys",
    name: "Every journey: each screen in every size and theme, each page, route and action requested by everybody in every way",
    built: true,
    run: () => {
      const browser = findBrowser(console.log);
      console.log(`  ${browser}`);
      return runProgram("playwright", ["test"], { ...thorough, GATEHOUSE_BROWSER: browser });
    },
  },
  {
    key: "pictures",
    name: "20 large pictures at once by one person for 30 seconds, while others read and sign in",
    built: true,
    run: fault("pictures"),
  },
];

const build: Step = { name: "Build", run: () => ensureBuild({ env: process.env, log: console.log, verbose: true }) };

/** `npm run test:faults` runs all of them; `npm run test:faults -- flood races` runs those that are named. */
runMain(async () => {
  const wished = process.argv.slice(2);
  const unknown = wished.filter((key) => !faults.some((known) => known.key === key));
  if (unknown.length > 0)
    throw new StartError(`Unknown: ${unknown.join(", ")}. Known: ${faults.map(({ key }) => key).join(", ")}.`);
  const chosen = faults.filter(({ key }) => wished.length === 0 || wished.includes(key));
  const first = chosen.findIndex(({ built }) => built);
  return runSteps(first < 0 ? chosen : [...chosen.slice(0, first), build, ...chosen.slice(first)]);
});
