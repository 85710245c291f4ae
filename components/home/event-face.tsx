import { Bot, Cog, KeyRound, Terminal } from "lucide-react";
import { Avatar } from "@/components/ui/avatar";
import type { LoggedEvent } from "@/lib/audit/event";

/** Of whoever acted. Drawn by the server: the id that decides its hue may be that of somebody out of sight. */
export function EventFace({ event: { actor, person } }: { event: LoggedEvent }) {
  if (actor.kind === "service_account") return <Avatar id={actor.id ?? "account"} name="" square icon={Cog} />;
  if (actor.kind === "client") return <Avatar id={actor.id ?? "client"} name="" square icon={Bot} />;
  if (actor.kind === "provider") return <Avatar id={actor.id ?? "provider"} name="" square icon={KeyRound} />;
  if (actor.kind === "operator") return <Avatar id="operator" name="" square icon={Terminal} />;
  const face = actor.id ? actor : person;
  return <Avatar id={face?.id ?? "nobody"} name={face?.name ?? "?"} />;
}
