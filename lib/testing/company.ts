import { expect } from "vitest";
import type { Db, Tx } from "@/db/client";
import type { AppError } from "@/lib/errors";
import { makeUser } from "@/lib/testing/database";
import { loadPreset } from "@/lib/testing/presets";

/** Ada may do everything; Quinn manages, Lee leads below Quinn, Eve works below Lee; Sam reports to nobody. */
export async function company(tx: Db | Tx) {
  await loadPreset(tx, "quality_assurance");
  const ada = await makeUser(tx, {
    username: "ada",
    firstName: "Ada",
    lastName: "Admin",
    primaryRole: "Quality Manager",
    roles: ["Admin"],
  });
  const quinn = await makeUser(tx, { username: "quinn", firstName: "Quinn", primaryRole: "Quality Manager" });
  const lee = await makeUser(tx, {
    username: "lee",
    firstName: "Lee",
    lastName: "Lead",
    primaryRole: "Quality Lead",
    managerId: quinn.id,
  });
  const eve = await makeUser(tx, { username: "eve", firstName: "Eve", lastName: "Engineer", managerId: lee.id });
  const sam = await makeUser(tx, { username: "sam", firstName: "Sam" });
  return { ada, quinn, lee, eve, sam };
}

/** An AppError of this code, whose sentence contains this. */
export const refused = (code: AppError["code"], message?: RegExp) =>
  expect.objectContaining({ code, ...(message && { message: expect.stringMatching(message) }) });

/** An `invalid` with a sentence at this field. */
export const wrongField = (field: string, sentence: RegExp) =>
  expect.objectContaining({ code: "invalid", fields: { [field]: expect.stringMatching(sentence) } });
