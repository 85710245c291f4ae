"use server";
import { defineAction } from "@/lib/action";
import { endAllSessions, endSession } from "@/lib/sessions/commands";
import { endSessionSchema, endSessionsSchema } from "@/lib/sessions/schema";

const lists = ({ userId }: { userId: string }) => [
  "/account/sessions",
  "/admin/sessions",
  `/admin/users/${userId}/sessions`,
];

export const endSessionAction = defineAction({ input: endSessionSchema, run: endSession, refresh: lists });

/** Every session but the one in which this is asked. */
export const endAllSessionsAction = defineAction({ input: endSessionsSchema, run: endAllSessions, refresh: lists });
