"use server";
import { searchAskedGroups, searchAskedPeople } from "@/lib/access/asked";
import { defineAction } from "@/lib/http/action";
import { pickSchema } from "@/lib/users/schema";

export const pickAskedPersonAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchAskedPeople(ctx, q),
});
export const pickAskedGroupAction = defineAction({
  input: pickSchema,
  run: (ctx, { q }) => searchAskedGroups(ctx, q),
});
