import type { z } from "zod";
import type { Ctx } from "@/lib/context";
import type { Key } from "@/lib/kernel/once";
import type { OperationKey } from "@/lib/operations";

export const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export type Method = (typeof methods)[number];

/** What a write is asked besides its input. */
export type Asked = {
  dryRun: boolean;
  /** The version that `If-Match` names. */
  version: number | null;
  /** The idempotency key with a digest of what was sent. */
  once: Key | null;
};

/** What is answered; `replayed`: it was done by an earlier request with the same key. */
export type Answer = { body: unknown; replayed?: boolean };

export type Needed = OperationKey | readonly OperationKey[] | null;
export const operationsNeeded = (needed: Needed): readonly OperationKey[] => [needed ?? []].flat();

type Common = {
  method: Method;
  /** As "/users/{id}", whose parameters are fields of the input. */
  path: string;
  /** Its name in the description, and of a command its key. */
  name: string;
  summary: string;
  /** What the summary and the fields leave open. */
  description?: string;
  /** One of `lib/api/tags.ts`. */
  tag: string;
  /** What its example sends besides its required fields, and of these what has other words than in every example. */
  example?: Record<string, unknown>;
  /** Whose words its example speaks, where that is not its tag (`lib/api/example-words.ts`). */
  subject?: string;
  /** What the token has to carry; several: one of them; null: nothing. */
  operation: Needed;
  input: z.ZodObject;
  /** The JSON that is answered. What it does not name is left out. */
  gives: z.ZodType;
};

export type Read = Common & { kind: "read"; read: (ctx: Ctx, input: Record<string, unknown>) => Promise<unknown> };

export type Write = Common & {
  kind: "write";
  status: 200 | 201;
  /** Knows `If-Match`. */
  versioned: boolean;
  write: (ctx: Ctx, input: Record<string, unknown>, asked: Asked) => Promise<Answer>;
};

/** One address of the API with one of its methods. */
export type Endpoint = Read | Write;
