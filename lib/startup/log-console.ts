import { isBodyUnread } from "@/lib/http/action-progress";
import { clientLeft, faultOf, hasLeft, log } from "@/lib/platform/log";

/**
 * Makes what Next and React print on the console as errors and warnings lines of our log. They print messages that quote
 * what was sent, over many lines; here an error is logged as everywhere, and of a text only the part before anything quoted.
 * A body of an action that cannot be read is not logged: it is counted where it is answered.
 */
export function logConsole(): void {
  console.error = (...printed: unknown[]) => tell("error", printed);
  console.warn = (...printed: unknown[]) => tell("warn", printed);
}

function tell(level: "error" | "warn", printed: unknown[]): void {
  if (isBodyUnread()) return;
  const error = printed.find((part) => part instanceof Error);
  if (hasLeft(error)) {
    log.info({}, clientLeft);
    return;
  }
  const text = printed.find((part) => typeof part === "string" && ownWords(part) !== "");
  log[level](
    {
      ...(typeof text === "string" && { text: ownWords(text) }),
      ...(error && { fault: faultOf(error), digest: (error as { digest?: unknown }).digest }),
    },
    "printed",
  );
}

/** Without the sign that Next begins with, its colours, and all from the first mark by which something may be quoted. */
const ownWords = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
    .replaceAll(/\u001b\[\d+m/g, "")
    .replace(/^\s*[⨯⚠]?\s*/, "")
    .replace(/[^\w ,.()-].*/su, "")
    .trim()
    .slice(0, 100);
