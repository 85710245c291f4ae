"use server";
import { action } from "@/lib/http/action";
import * as commands from "@/lib/sessions/commands";

export const endSessionAction = action(commands.endSession);
export const endAllSessionsAction = action(commands.endAllSessions);
