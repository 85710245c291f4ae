import { type Settings, settingCatalogue } from "@/lib/platform/settings-catalogue";

type Lockout = Pick<Settings, "lockout.failures" | "lockout.mode">;

const words = ["three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const inWords = (count: number) => words[count - 3] ?? String(count);

/** The one text of every failed sign-in, whatever its cause (S1). */
export const failureText = (settings: Lockout) =>
  `User name or password is wrong, or the account is locked. After ${inWords(settings["lockout.failures"])} failures an account locks ${
    settings["lockout.mode"] === "timed" ? "for 15 minutes" : "until an administrator unlocks it"
  }.`;

/** The same as long as nobody has changed a setting. */
export const signInFailure = failureText({
  "lockout.failures": settingCatalogue["lockout.failures"].default,
  "lockout.mode": settingCatalogue["lockout.mode"].default,
});
