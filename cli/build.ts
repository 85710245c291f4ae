import { checkBundle } from "./bundle";
import { ensureBuild } from "./production-build";
import { runMain } from "./run-main";

runMain(async () => {
  await ensureBuild({ env: process.env, log: console.log, verbose: true });
  checkBundle();
  return 0;
});
