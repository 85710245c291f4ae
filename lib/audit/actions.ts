"use server";
import { defineAction } from "@/lib/action";
import { searchAuditedPeople } from "@/lib/audit/people";
import { pickSchema } from "@/lib/users/schema";

export const pickAuditedPersonQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchAuditedPeople(ctx, q),
});
