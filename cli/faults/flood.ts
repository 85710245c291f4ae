import { StartError } from "@/db/embedded";
import { runMain } from "../run-main";
import { withFaultServer } from "./fault-server";
import { type FloodResult, flood } from "./flood-sign-ins";

/** 200 wrong sign-ins at once from one address, for a minute, while others sign in and read (S3, S4). Prints what it counted. */
runMain(async () => {
  const result = await withFaultServer("flood", {}, ({ baseUrl }) => flood({ baseUrl, atOnce: 200, seconds: 60 }));
  print(result);
  return judge(result);
});

function print({ wrong, right, pages }: FloodResult) {
  console.table({
    "wrong sign-ins": { ...wrong },
    "right sign-ins from elsewhere": { ...right },
    "other pages": { ...pages },
  });
}

/** The goals of the flood; the exit code. */
function judge({ wrong, right, pages }: FloodResult): number {
  const missed = [
    ...(pages.p95 > 1_000 ? [`other pages' p95 is ${pages.p95} ms, above 1,000`] : []),
    ...(right.succeeded < right.asked * 0.95 ? [`${right.succeeded} of ${right.asked} right sign-ins succeeded`] : []),
    ...(wrong.failed > 0 ? [`${wrong.failed} wrong sign-ins got neither a refusal nor 429`] : []),
    ...(wrong.refused429 === 0 ? ["nothing got 429"] : []),
  ];
  if (missed.length > 0) throw new StartError(missed.join("; "));
  return 0;
}
