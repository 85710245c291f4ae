import { Ban, Circle, CircleCheck, CircleDashed, Clock, KeyRound, LoaderCircle } from "lucide-react";
import { Status, type StatusLook } from "@/components/ui/status";
import type { Connection as ConnectionWord, ClientStatus as Word } from "@/lib/clients/schema";

export const clientStatusLooks: Record<Word, StatusLook> = {
  provisioned: { tone: "accent", icon: KeyRound },
  registered: { tone: "positive", icon: CircleCheck },
  deregistered: { tone: "muted", icon: Ban },
};

/** A family of circles, so that the connection is distinguished from the status beside it, in grey too. */
export const connectionLooks: Record<ConnectionWord, StatusLook> = {
  "never contacted": { tone: "muted", icon: CircleDashed },
  "awaiting client": { tone: "accent", icon: LoaderCircle },
  online: { tone: "positive", icon: "dot" },
  offline: { tone: "muted", icon: Circle },
  stale: { tone: "warning", icon: Clock },
};

export const ClientStatus = ({ status }: { status: Word }) => <Status {...clientStatusLooks[status]}>{status}</Status>;

export const Connection = ({ connection }: { connection: ConnectionWord }) => (
  <Status {...connectionLooks[connection]}>{connection}</Status>
);
