"use server";
import { defineAction } from "@/lib/action";
import {
  confirmToken,
  deregisterClient,
  generateClient,
  reprovisionClient,
  reregisterClient,
} from "@/lib/clients/commands";
import { clientSchema, confirmTokenSchema, generateClientSchema } from "@/lib/clients/schema";

export const generateClientAction = defineAction({ input: generateClientSchema, run: generateClient, refresh: pages });
export const confirmTokenAction = defineAction({ input: confirmTokenSchema, run: confirmToken, refresh: pages });
export const deregisterClientAction = defineAction({ input: clientSchema, run: deregisterClient, refresh: pages });
export const reregisterClientAction = defineAction({ input: clientSchema, run: reregisterClient, refresh: pages });
export const reprovisionClientAction = defineAction({ input: clientSchema, run: reprovisionClient, refresh: pages });

function pages({ userId }: { userId: string }) {
  return [`/admin/users/${userId}/clients`, "/account/clients"];
}
