import type { SessionStage } from "@/db/enums";
import { withNext } from "@/lib/auth/next-path";

/** Where a session that is not open yet is led, and nowhere else. */
const pages: Record<Exclude<SessionStage, "open">, string> = {
  second_factor: "/second-factor",
  enrol_factor: "/enrol-factor",
  new_password: "/new-password",
};

/** The page of a stage with the next path, which an open session goes at once. */
export const stagePath = (stage: SessionStage, next: string): string =>
  stage === "open" ? next : withNext(pages[stage], next);
