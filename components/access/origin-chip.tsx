import { Chip } from "@/components/ui/chip";
import { Time } from "@/components/ui/time";
import type { Origin } from "@/lib/authz/model";

type OriginChipProps = { origin: Origin; clock: { zone: string; now: Date } };

/** Through what a role is held, and until when. */
export function OriginChip({ origin: { via, groupName, endsAt }, clock: { zone, now } }: OriginChipProps) {
  const from = via === "group" ? (groupName ?? "Group") : "Direct";
  const end = endsAt && (
    <>
      , until <Time at={endsAt} zone={zone} now={now} form="date" />
    </>
  );
  return (
    <Chip icon={via === "group" ? "users" : "user"} title={from} end={end}>
      {from}
    </Chip>
  );
}
