"use server";
import { defineAction } from "@/lib/action";
import { searchAskedGroups, searchAskedPeople } from "@/lib/authz/asked";
import { pickSchema } from "@/lib/users/schema";

export const pickAskedPersonQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchAskedPeople(ctx, q),
});
export const pickAskedGroupQuestion = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchAskedGroups(ctx, q),
});
