import { answerAs, describeRefusal, isRefusal, type ProblemDetails } from "@/lib/http/refusal";
import { logUnexpected } from "@/lib/platform/log";
import { databaseRefusal } from "@/lib/platform/unavailable";

/** The answer of /api/v1 for anything that was thrown. What is not a refusal of ours is logged, and shown as a reference only. */
export const problemDetails = (error: unknown, requestId: string | null): Response =>
  answerAs("/api/", describeError(error, requestId), requestId);

/** What is to be said of anything that was thrown. */
export function describeError(fault: unknown, requestId: string | null): ProblemDetails {
  const error = databaseRefusal(fault) ?? fault;
  if (isRefusal(error)) return describeRefusal(error);
  logUnexpected(error, { requestId });
  return { status: 500, title: "Unexpected error", kind: "unexpected", detail: "Something went wrong." };
}
