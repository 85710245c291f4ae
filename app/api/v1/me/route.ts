import { answerToken } from "@/lib/api/answer";
import { describeToken } from "@/lib/api/me";

/** Whose token this is, and what it may do at this moment. */
export async function GET(request: Request): Promise<Response> {
  return answerToken(request, describeToken);
}
