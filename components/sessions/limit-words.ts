import type { Limits } from "@/lib/auth/session-limits";

const hour = 60 * 60_000;
const counted = (count: number, one: string) => `${count} ${count === 1 ? one : `${one}s`}`;

/** "A session ends after 12 hours without activity, and 30 days after it was started." */
export const limitWords = ({ idle, absolute }: Limits) =>
  `A session ends after ${counted(idle / hour, "hour")} without activity, and ${counted(absolute / (24 * hour), "day")} after it was started.`;
