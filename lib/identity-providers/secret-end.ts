const day = 24 * 60 * 60 * 1000;

/** Days before the end of a client secret from which on it is shown. */
const told = 30;

export type SecretEnd = { over: boolean; words: string };

/** The state of a client secret's end, where that is over or within 30 days; else null. */
export function secretEnd(endsAt: Date | null, now: Date): SecretEnd | null {
  if (endsAt === null) return null;
  const left = endsAt.getTime() - now.getTime();
  if (left <= 0) return { over: true, words: "Secret has expired" };
  if (left > told * day) return null;
  const days = Math.floor(left / day);
  if (days === 0) return { over: false, words: "Secret expires within a day" };
  return { over: false, words: `Secret expires in ${days === 1 ? "1 day" : `${days} days`}` };
}
