import type { ComponentProps } from "react";
import { useReading } from "@/components/ui/reading";
import { Select } from "@/components/ui/select";
import { exactTime } from "@/components/ui/time";

const lasting = ["7", "30", "90", "365"] as const;

/** "" is no end. */
const labelOf = (days: string) => (days === "" ? "Never" : days === "365" ? "In a year" : `In ${days} days`);

/** How long a new token works; `short`: 90 days at most (T1). */
export function EndChoice({ short, ...rest }: ComponentProps<typeof Select> & { short: boolean }) {
  const options = [...lasting, ""].map((value) => ({
    value,
    label: labelOf(value),
    disabled: short && (value === "365" || value === ""),
  }));
  return <Select {...rest} options={options} />;
}

/** What the end that was chosen means, with its exact date. */
export function useEndHint(days: string, now: Date, short: boolean): string {
  const { form, zone } = useReading();
  const limit = short ? " These operations require confirming your identity, so 90 days is the maximum." : "";
  if (days === "") return `A token that never expires works for anyone who finds it, until it is revoked.${limit}`;
  const end = new Date(now.getTime() + Number(days) * 86_400_000);
  return `Expires ${exactTime(end, zone, form)}.${limit}`;
}
