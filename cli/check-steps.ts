import { checkDirection } from "./direction";
import { checkSecrets } from "./secrets";
import { runProgram, type Step } from "./steps";
import { checkVersions } from "./versions";

/** What needs no database and no build. */
export const checkSteps: Step[] = [
  { name: "Format and lint", run: () => runProgram("biome", ["check", "--error-on-warnings"]) },
  { name: "Types of routes", run: () => runProgram("next", ["typegen"]) },
  {
    // The compiler keeps one processor busy as long as all other checks together.
    name: "Types, direction of imports, dead code",
    run: async () => {
      const others = async () => {
        await checkDirection();
        await runProgram("knip", []);
      };
      await Promise.all([runProgram("tsc", ["--noEmit", "-p", "."]), others()]);
    },
  },
  { name: "Version floors", run: checkVersions },
  { name: "Secrets", run: checkSecrets },
];
