import type { z } from "zod";
import { bodies } from "@/lib/api/bodies";
import { changesOf } from "@/lib/api/changes";
import { commandAnswers } from "@/lib/api/command-answers";
import type { Answer, Asked, Method, Write } from "@/lib/api/endpoint";
import { refuseReplaced } from "@/lib/api/versions";
import type { Ctx } from "@/lib/context";
import { AppError } from "@/lib/errors";
import { parseInput } from "@/lib/http/parse-input";
import type { AnyCommand, Command } from "@/lib/kernel/command";
import { recordRefusals } from "@/lib/kernel/refusal";
import { run } from "@/lib/kernel/run";
import { operationOf } from "@/lib/operations";
import { commands } from "@/lib/registry";

type AnyRun = Command<z.ZodType, unknown>;

const tags: Record<string, string> = {
  user: "Users",
  invitation: "Users",
  group: "Groups",
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
      const input = parseInput(
        command.input,
        body ? await completed(ctx, command, () => body.complete(ctx, given, asked.version)) : given,
      );
      return use(ctx, command as AnyRun, input, asked);
    },
  };
}

async function use(ctx: Ctx, command: AnyRun, input: unknown, asked: Asked): Promise<Answer> {
  try {
    if (asked.dryRun)
      return { body: await changesOf(ctx, await run(ctx, command, input, { dryRun: true, told: true })) };
    return { body: await run(ctx, command, input) };
  } catch (error) {
    throw refuseReplaced(error, asked.version);
  }
}

/** What is out of sight before the command is asked leaves the same event as where the command does not find it (L1). */
async function completed(ctx: Ctx, command: AnyCommand, complete: () => Promise<unknown>): Promise<unknown> {
  try {
    return await complete();
  } catch (error) {
    if (error instanceof AppError)
      await recordRefusals(ctx, command.operation.key, [{ target: { id: null, person: null }, error }]);
    throw error;
  }
}
