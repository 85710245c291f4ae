"use server";
import { defineAction } from "@/lib/action";
import { removeTransport, retryMail, saveTransport, sendTest } from "@/lib/mail/commands";
import { findOwnTest } from "@/lib/mail/queries";
import { mailIdSchema, nothingSchema, saveTransportSchema } from "@/lib/mail/schema";

const pages = () => ["/admin/settings/mail"];

export const saveTransportAction = defineAction({ input: saveTransportSchema, run: saveTransport, refresh: pages });
export const removeTransportAction = defineAction({ input: nothingSchema, run: removeTransport, refresh: pages });
export const sendTestAction = defineAction({ input: nothingSchema, run: sendTest, refresh: pages });
export const retryMailAction = defineAction({ input: mailIdSchema, run: retryMail, refresh: pages });

/** Asked by the page until the test has come to its end. */
export const ownTestQuestion = defineAction({ input: mailIdSchema, run: (ctx, { id }) => findOwnTest(ctx, id) });
