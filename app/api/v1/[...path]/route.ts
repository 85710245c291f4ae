import { answerProgram } from "@/lib/api/answer";

/** The interface for programs: every address of lib/api/table.ts. */
async function handler(request: Request, { params }: { params: Promise<{ path: string[] }> }): Promise<Response> {
  return answerProgram(request, (await params).path);
}

export { handler as DELETE, handler as GET, handler as PATCH, handler as POST, handler as PUT };
