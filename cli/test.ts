import { findBrowser } from "./browser";
import { checkBundle } from "./bundle";
import { checkSteps } from "./check-steps";
import { ensureBuild } from "./production-build";
import { runMain } from "./run-main";
import { runProgram, runSteps } from "./steps";

let browser = "";

runMain(() =>
  runSteps([
    ...checkSteps,
    {
      name: "Browser",
      run: () => {
        browser = findBrowser(console.log);
        console.log(`  ${browser}`);
      },
    },
    { name: "Build", run: () => ensureBuild({ env: process.env, log: console.log, verbose: true }) },
    { name: "Scripts of the pages", run: checkBundle },
    { name: "Unit and database tests", run: () => runProgram("vitest", ["run"]) },
    { name: "Browser journeys", run: () => runProgram("playwright", ["test"], { GATEHOUSE_BROWSER: browser }) },
  ]),
);
