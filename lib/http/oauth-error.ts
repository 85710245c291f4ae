import { describeError } from "@/lib/http/problem-details";
import { answerAs } from "@/lib/http/refusal";

/** The answer of /oauth for anything that was thrown (RFC 6749, 5.2). What is not a refusal of ours is logged. */
export const oauthError = (error: unknown, requestId: string | null): Response =>
  answerAs("/oauth/", describeError(error, requestId), requestId);
