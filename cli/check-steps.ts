import { checkDirection } from "./direction";
import { checkSecrets } from "./secrets";
import { runProgram, type Step } from "./steps";
import { checkVersions } from "./versions";

/** What needs no database and no build. */
export const checkSteps: Step[] = [
  { name: "Format and lint", run: () => runProgram("biome", ["check", "--error-on-warnings"]) },
  {
    name: "Types",
    run: async () => {
      await runProgram("next", ["typegen"]);
      await runProgram("tsc", ["--noEmit", "-p", "."]);
    },
  },
  { name: "Direction of imports", run: checkDirection },
  { name: "Dead code", run: () => runProgram("knip", []) },
  { name: "Version floors", run: checkVersions },
  { name: "Secrets", run: checkSecrets },
];
