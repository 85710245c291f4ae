import { Status, type StatusLook } from "@/components/ui/status";
import type { Connection as ConnectionWord, ClientStatus as Word } from "@/lib/clients/schema";

const clientStatusLooks: Record<Word, StatusLook> = {
  provisioned: { tone: "accent", icon: "key-round" },
  registered: { tone: "positive", icon: "circle-check" },
  deregistered: { tone: "muted", icon: "ban" },
};

/** A family of circles, so that the connection is distinguished from the status beside it, in grey too. */
export const connectionLooks: Record<ConnectionWord, StatusLook> = {
  "never contacted": { tone: "muted", icon: "circle-dashed" },
  "awaiting client": { tone: "accent", icon: "loader-circle" },
  online: { tone: "positive", icon: "dot" },
  offline: { tone: "muted", icon: "circle" },
  stale: { tone: "warning", icon: "clock" },
};

export const ClientStatus = ({ status }: { status: Word }) => <Status {...clientStatusLooks[status]}>{status}</Status>;

export const Connection = ({ connection }: { connection: ConnectionWord }) => (
  <Status {...connectionLooks[connection]}>{connection}</Status>
);
