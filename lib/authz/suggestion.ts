import type { Verdict } from "@/lib/verdict";

/** A change that would grant what was denied (R7): what to do, what comes with it, and who may. */
export type Suggestion = {
  steps: string[];
  /** What comes with it beyond what was asked. */
  effect: string;
  /** Whether the viewer may make it, asked of the command itself. */
  mayViewer: Verdict;
  /** The form in which it is made, and its button. */
  href: string;
  label: string;
  /** Up to three people in sight who may, and the roles that carry what it takes; null when the viewer may. */
  makers: { people: { id: string; name: string }[]; roles: string[] } | null;
};
