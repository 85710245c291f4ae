"use server";
import { searchAskedGroups, searchAskedPeople } from "@/lib/access/asked";
import { defineQuestion } from "@/lib/action";
import { pickSchema } from "@/lib/users/schema";

export const pickAskedPersonQuestion = defineQuestion({
  input: pickSchema,
  run: (ctx, { q }) => searchAskedPeople(ctx, q),
});
export const pickAskedGroupQuestion = defineQuestion({
  input: pickSchema,
  run: (ctx, { q }) => searchAskedGroups(ctx, q),
});
