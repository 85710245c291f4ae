"use server";
import { searchAuditedPeople } from "@/lib/audit-log/people";
import { defineAction } from "@/lib/http/action";
import { pickSchema } from "@/lib/users/schema";

export const pickAuditedPersonQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchAuditedPeople(ctx, q),
});
