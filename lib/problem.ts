import { AppError, postgresFault } from "@/lib/errors";
import { faultOf, log } from "@/lib/log";
import { answerProblem, describeRefusal, isRefusal, type Problem } from "@/lib/refusal";

/** The answer of /api/v1 for anything that was thrown. What is not a refusal of ours is logged, and shown as a reference only. */
export const problemOf = (error: unknown, requestId: string | null): Response =>
  answerProblem(describeError(error, requestId), requestId);

function describeError(error: unknown, requestId: string | null): Problem {
  if (isRefusal(error)) return describeRefusal(error);
  if (["40P01", "40001"].includes(postgresFault(error)?.code ?? ""))
    return describeRefusal(new AppError("conflict", "Somebody else changed this at the same moment. Try again."));
  log.error({ requestId, fault: faultOf(error) }, "unexpected error");
  return { status: 500, title: "Unexpected error", kind: "unexpected", detail: "Something went wrong." };
}
