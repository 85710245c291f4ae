import { describe, expect, it } from "vitest";
import { stillWrong } from "@/components/form/problem";

const taken = { username: "EVE is taken.", email: "This address is taken." };
const problem = { code: "invalid", message: "Check the fields below.", fields: taken };
const wrong = (message: string) => ({ type: "server", message });

describe("the summary of a refusal", () => {
  it("is the same while every field is wrong as it says", () =>
    expect(stillWrong(problem, { username: wrong(taken.username), email: wrong(taken.email) })).toBe(problem));

  it("leaves out what is corrected, or wrong in another way", () => {
    const left = { ...problem, fields: { email: taken.email } };
    expect(stillWrong(problem, { email: wrong(taken.email) })).toEqual(left);
    expect(stillWrong(problem, { username: wrong("Too short."), email: wrong(taken.email) })).toEqual(left);
  });

  it("is gone with the last of its fields, whatever else is wrong", () =>
    expect(stillWrong(problem, { password: wrong("Too short.") })).toBeNull());

  it("finds a field in a line of a list", () => {
    const dated = { ...problem, fields: { "memberships.1.endsAt": "Choose a year from 2000 to 2199." } };
    const errors = { memberships: [undefined, { endsAt: wrong("Choose a year from 2000 to 2199.") }] };
    expect(stillWrong(dated, errors)).toBe(dated);
    expect(stillWrong(dated, {})).toBeNull();
  });

  it("stays until the form is sent again when it names no field", () => {
    const refused = { code: "forbidden", message: "You don't have permission.", fields: {} };
    expect(stillWrong(refused, { email: wrong("Too long.") })).toBe(refused);
    expect(stillWrong(refused, {})).toBe(refused);
  });

  it("goes with the line that it is about", () => {
    const line = { code: "invalid", message: "This is not a date and time.", fields: {}, inLines: true };
    expect(stillWrong(line, { roles: [{ endsAt: wrong(line.message) }] })).toBe(line);
    expect(stillWrong(line, {})).toBeNull();
  });
});
