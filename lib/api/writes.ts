import type { z } from "zod";
import { accessChanges } from "@/lib/api/access-changes";
import { type Body, bodies } from "@/lib/api/bodies";
import { changesOf } from "@/lib/api/changes";
import { commandAnswers } from "@/lib/api/command-answers";
import type { Answer, Asked, Method, Write } from "@/lib/api/endpoint";
import { isInUse, usedOtherwise } from "@/lib/api/idempotency";
import { withoutSecrets } from "@/lib/api/json";
import { refuseReplaced } from "@/lib/api/versions";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/http/parse-input";
import type { AnyCommand, Command } from "@/lib/kernel/command";
import { answeredFor, type Key, once } from "@/lib/kernel/once";
import { recordRefusals } from "@/lib/kernel/refusal";
import { run } from "@/lib/kernel/run";
import { operationOf } from "@/lib/operations";
import { commands } from "@/lib/registry";

type Fields = Record<string, unknown>;
type AnyRun = Command<z.ZodType, unknown>;

const tags: Record<string, string> = {
  user: "Users",
  invitation: "Users",
  group: "Groups",
  resource: "Resources",
  role: "Roles",
  client: "Clients",
  token: "Tokens",
  session: "Sessions",
};

/** Every command that has a route, as programs use it. */
export const writes: Write[] = commands.flatMap((command) => (command.route ? [writeOf(command, command.route)] : []));

function writeOf(command: AnyCommand, route: string): Write {
  const [method, path] = route.split(" ") as [Method, string];
  const answer = commandAnswers[command.key];
  if (!answer) throw new Error(`Nothing says what ${command.key} answers: add it to lib/api/command-answers.ts`);
  if (command.for === "person") throw new Error(`Only a signed-in person may use ${command.key}, so it has no route`);
  const body = bodies.find((one) => one.command === command);
  const created = method === "POST" && operationOf(command.operation.key).creates === true;
  return {
    kind: "write",
    method,
    path,
    name: command.key,
    summary: answer.summary,
    tag: tags[command.key.split(".")[0] ?? ""] ?? "Other",
    operation: command.operation.key,
    input: body?.input ?? (command.input as z.ZodObject),
    gives: answer.gives,
    status: created ? 201 : 200,
    versioned: body?.versioned ?? false,
    async write(ctx, given, asked): Promise<Answer> {
      const replay = asked.once && (await replayOf(ctx, asked.once));
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
    const answer = asked.once && isInUse(error) ? await replayOf(ctx, asked.once) : null;
    if (answer) return answer;
    throw refuseReplaced(error, version);
  }
}

type Used = { gives: z.ZodType; asked: Asked };

/** What an earlier request with this key was answered, or null. Throws BodyError where that was another request. */
async function replayOf(ctx: Ctx, key: Key): Promise<Answer | null> {
  const earlier = await answeredFor(ctx, key);
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
