import type { z } from "zod";
import { accessChanges } from "@/lib/api/access-changes";
import { bodies } from "@/lib/api/bodies";
import type { Body } from "@/lib/api/body";
import { notCarried } from "@/lib/api/carried";
import { changesOf } from "@/lib/api/changes";
import { commandAnswers } from "@/lib/api/command-answers";
import type { Answer, Asked, Method, Write } from "@/lib/api/endpoint";
import { isInUse, usedOtherwise } from "@/lib/api/idempotency";
import { withoutSecrets } from "@/lib/api/json";
import { tagOf } from "@/lib/api/tags";
import { refuseReplaced } from "@/lib/api/versions";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/http/parse-input";
import type { AnyCommand, Command } from "@/lib/kernel/command";
import { answeredFor, type Key, once } from "@/lib/kernel/once";
import { recordRefusals } from "@/lib/kernel/refusal";
import { run } from "@/lib/kernel/run";
import { type OperationKey, operationOf } from "@/lib/operations";
import { commands } from "@/lib/registry";

type Fields = Record<string, unknown>;
type AnyRun = Command<z.ZodType, unknown>;

/** Every command that has a route, as programs use it. */
export const writes: Write[] = commands.flatMap((command) => {
  if (!command.route) return [];
  const answer = commandAnswers[command.key];
  if (!answer) throw new Error(`Nothing says what ${command.key} answers: add it to lib/api/command-answers.ts`);
  const body = bodies.find((one) => one.command === command);
  return [writeOf(command, { ...answer, route: command.route, body })];
});

type Described = Pick<Write, "summary" | "description" | "example"> & {
  route: string;
  gives: z.ZodObject;
  body?: Body | undefined;
};

/** The endpoint of a command. */
export function writeOf(command: AnyCommand, { route, body, ...answer }: Described): Write {
  const [method, path] = route.split(" ") as [Method, string];
  if (command.for === "person") throw new Error(`Only a signed-in person may use ${command.key}, so it has no route`);
  const created = method === "POST" && operationOf(command.operation.key).creates === true;
  return {
    kind: "write",
    method,
    path,
    name: command.key,
    summary: answer.summary,
    ...(answer.description && { description: answer.description }),
    ...(answer.example && { example: answer.example }),
    tag: tagOf(command.key),
    operation: command.operation.key,
    input: body?.input ?? (command.input as z.ZodObject),
    gives: answer.gives,
    status: created ? 201 : 200,
    versioned: body?.versioned ?? false,
    async write(ctx, given, asked): Promise<Answer> {
      const replay = asked.once && (await replayOf(ctx, asked.once, command.operation.key));
      if (replay) return replay;
      const input = body ? await completed(ctx, body, given, asked.version) : given;
      return use(ctx, command as AnyRun, input, { gives: answer.gives, asked });
    },
  };
}

async function use(ctx: Ctx, command: AnyRun, input: unknown, { gives, asked }: Used): Promise<Answer> {
  const { dryRun, version } = asked;
  try {
    if (dryRun) {
      const changed = await changesOf(ctx, await run(ctx, command, input, { dryRun: true, told: true }));
      return { body: { ...changed, access: await accessChanges(ctx, command, input) } };
    }
    const kept = (value: unknown) => withoutSecrets(gives, value);
    return { body: await run(ctx, command, input, { once: asked.once ? once(ctx, asked.once, kept) : undefined }) };
  } catch (error) {
    const answer = asked.once && isInUse(error) ? await replayOf(ctx, asked.once, command.operation.key) : null;
    if (answer) return answer;
    throw refuseReplaced(error, version);
  }
}

type Used = { gives: z.ZodType; asked: Asked };

/**
 * What an earlier request with this key was answered, or null. Throws `forbidden` where it came by a token that carries more, and
 * BodyError where it was another request.
 */
async function replayOf(ctx: Ctx, key: Key, operation: OperationKey): Promise<Answer | null> {
  const earlier = await answeredFor(ctx, key);
  const error = earlier && notCarried(ctx, operation);
  if (error) {
    await recordRefusals(ctx, operation, [{ target: { id: null, person: null }, error }]);
    throw error;
  }
  if (earlier && earlier.digest !== key.digest) throw usedOtherwise();
  return earlier && { body: earlier.answer, replayed: true };
}

/** What is out of sight before the command is asked leaves the same event as where the command does not find it (L1). */
async function completed(ctx: Ctx, { command, complete }: Body, given: Fields, version: number | null) {
  const { id } = given;
  try {
    return parseInput(command.input, await complete(ctx, given, version));
  } catch (error) {
    const target = { id: typeof id === "string" ? id : null, person: null };
    if (error instanceof AppError && error.code === "not_found")
      await recordRefusals(ctx, command.operation.key, [{ target, error }]);
    throw error;
  }
}
