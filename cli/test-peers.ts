import { StartError } from "@/db/embedded";
import { startKeycloak } from "./peers/keycloak";
import { runMain } from "./run-main";
import { runProgram } from "./steps";

/** What a command ends with that could not get what it tests against. */
const unavailable = 3;

/**
 * `npm run test:peers` signs in through real providers that `npm test` does without: Keycloak. Ends with 3 where it cannot be had.
 */
runMain(async () => {
  console.log("\n▸ Keycloak");
  const redirectUri = "http://localhost:3000/api/auth/callback/keycloak";
  const keycloak = await startKeycloak(redirectUri).catch((error: unknown) => {
    if (!(error instanceof StartError)) throw error;
    console.error(`  Not tested. ${error.message}`);
    return null;
  });
  if (!keycloak) return unavailable;
  try {
    await runProgram("vitest", ["run", "--config", "cli/peers/vitest.config.mts", "--disable-console-intercept"], {
      KEYCLOAK_DISCOVERY: keycloak.discoveryUrl,
    });
    return 0;
  } finally {
    keycloak.stop();
  }
});
