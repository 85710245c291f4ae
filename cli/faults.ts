import { findBrowser } from "./browser";
import { ensureBuild } from "./production-build";
import { runMain } from "./run-main";
import { runProgram, runSteps } from "./steps";

const thorough = { GATEHOUSE_THOROUGH: "1" };
/** As it is printed, without the name of the test before each line. */
const vitest = (...files: string[]) => runProgram("vitest", ["run", ...files, "--disable-console-intercept"], thorough);

let browser = "";

const races = [
  "lib/users/races.test.ts",
  "lib/groups/races.test.ts",
  "lib/links/races.test.ts",
  "lib/clients/register.test.ts",
  "lib/auth/sign-in-races.test.ts",
  "lib/setup/commands.test.ts",
];

/**
 * `npm run test:faults`: what `npm test` tries a little of, at its full count, and how wrong sign-ins are answered, one by
 * one and in a flood. Each step prints what it counted.
 */
runMain(() =>
  runSteps([
    {
      name: "Every command without the operation, and attacks",
      run: () => vitest("lib/access/every-command.test.ts", "lib/access/attacks.test.ts"),
    },
    { name: "10,000 random worlds", run: () => vitest("lib/access/property.test.ts") },
    {
      name: "1,000 rounds of administrators who remove each other",
      run: () => vitest("lib/access/last-administrator.test.ts"),
    },
    { name: "The other races, 1,000 rounds each, 200 of the slow ones", run: () => vitest(...races) },
    {
      name: "Browser",
      run: () => {
        browser = findBrowser(console.log);
        console.log(`  ${browser}`);
      },
    },
    { name: "Build", run: () => ensureBuild({ env: process.env, log: console.log }) },
    {
      name: "2 x 1,000 wrong sign-ins, of somebody and of nobody",
      run: () => runProgram("tsx", ["cli/equality.ts"]),
    },
    {
      name: "200 wrong sign-ins at once for a minute",
      run: () => runProgram("tsx", ["cli/flood.ts"]),
    },
    {
      name: "Every journey: each screen in every size and theme, each page, route and action asked by everybody in every way",
      run: () => runProgram("playwright", ["test"], { ...thorough, GATEHOUSE_BROWSER: browser }),
    },
  ]),
);
