import type { ClientStatus } from "@/db/enums";
import { heartbeatInterval } from "@/lib/clients/connection";
import type { Owner } from "@/lib/clients/policy";
import { AppError } from "@/lib/errors";

type Named = { name: string; status: ClientStatus };

/** Why a client is refused whatever it proves (C5, C10), with what would help; null while it is not. */
export function stoppedBy({ name, status }: Named, owner: Owner): AppError | null {
  if (owner.status === "archived")
    return stopped("deregistered", `${name} is deregistered: its user has been removed.`);
  if (status === "deregistered")
    return stopped("deregistered", `${name} is deregistered. Once it is reregistered, register it with its new token.`);
  if (owner.ended)
    return stopped(
      "paused",
      `${name} is paused: the access of its user has ended. It can continue once access is extended.`,
    );
  if (owner.status === "disabled")
    return stopped(
      "paused",
      `${name} is paused: its user is disabled. It can continue once the user is enabled again.`,
    );
  return null;
}

/** A paused client learns when to ask again. */
const stopped = (problem: "deregistered" | "paused", sentence: string) =>
  new AppError("forbidden", sentence, {
    details: { problem },
    ...(problem === "paused" && { retryAfter: heartbeatInterval }),
  });
