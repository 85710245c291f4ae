"use server";
import { defineQuestion } from "@/lib/action";
import { searchAuditedPeople } from "@/lib/audit/people";
import { pickSchema } from "@/lib/users/schema";

export const pickAuditedPersonQuestion = defineQuestion({
  input: pickSchema,
  run: (ctx, { q }) => searchAuditedPeople(ctx, q),
});
