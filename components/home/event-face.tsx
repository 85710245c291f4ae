import { Bot, Cog, KeyRound, Terminal } from "lucide-react";
import { Avatar, SquareFace } from "@/components/ui/avatar";
import type { LoggedEvent } from "@/lib/audit/event";

/** The actor's face. Drawn by the server: the id that decides its hue may be that of somebody out of sight. */
export function EventFace({ event: { actor, person } }: { event: LoggedEvent }) {
  if (actor.kind === "service_account") return <SquareFace id={actor.id ?? "account"} icon={Cog} />;
  if (actor.kind === "client") return <SquareFace id={actor.id ?? "client"} icon={Bot} />;
  if (actor.kind === "provider") return <SquareFace id={actor.id ?? "provider"} icon={KeyRound} />;
  if (actor.kind === "operator") return <SquareFace id="operator" icon={Terminal} />;
  const face = actor.id ? actor : person;
  return <Avatar id={face?.id ?? "nobody"} name={face?.name ?? "?"} picture={face?.picture} />;
}
