"use server";
import { action, defineAction } from "@/lib/http/action";
import * as commands from "@/lib/mail/commands";
import { findOwnTest } from "@/lib/mail/queries";
import { mailIdSchema } from "@/lib/mail/schema";

export const saveTransportAction = action(commands.saveTransport);
export const removeTransportAction = action(commands.removeTransport);
export const sendTestAction = action(commands.sendTest);
export const retryMailAction = action(commands.retryMail);

/** Asked by the page until the test has come to its end. */
export const getOwnTestAction = defineAction({ input: mailIdSchema, run: (ctx, { id }) => findOwnTest(ctx, id) });
