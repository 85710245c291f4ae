import { TimeText } from "./time-text";
import type { TimeForm } from "./time-words";

export { exactTime } from "./time-words";

export interface TimeProps {
  /** An instant; a string is read as ISO 8601. */
  at: Date | string;
  /** IANA name, as "Europe/Berlin". */
  zone: string;
  /** From where "4 min ago" counts; taken once per request, so that a page agrees with itself. */
  now: Date | string;
  form?: TimeForm;
  className?: string;
}

/** A moment in words, in the form that the reader has chosen. */
export function Time(props: TimeProps) {
  return <TimeText {...props} />;
}
