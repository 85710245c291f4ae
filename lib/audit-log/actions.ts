"use server";
import { findAuditedPeople } from "@/lib/audit-log/people";
import { defineAction } from "@/lib/http/action";
import { pickSchema } from "@/lib/users/schema";

export const pickAuditedPersonAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => findAuditedPeople(ctx, q),
});
