"use server";
import { defineAction } from "@/lib/action";
import { findAuditedPeople } from "@/lib/audit/people";
import { pickSchema } from "@/lib/users/schema";

export const pickAuditedPersonQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => findAuditedPeople(ctx, q),
});
