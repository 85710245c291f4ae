import { expect, test } from "vitest";
import { namesFrom } from "@/lib/users/invitees/names-from";

test.each([
  ["Eva Engineer", "eva@example.com", "Eva", "Engineer"],
  ["Engineer, Eva", "eva@example.com", "Eva", "Engineer"],
  ["Eva Maria van der Berg", "eva@example.com", "Eva Maria van der", "Berg"],
  ["Berg, Eva Maria", "eva@example.com", "Eva Maria", "Berg"],
  ["Eva Engineer, PhD, MBA", "eva@example.com", "Eva Engineer PhD", "MBA"],
  ["Cher", "cher@example.com", "Cher", ""],
  ["'Eva Engineer'", "eva@example.com", "Eva", "Engineer"],
  ["", "eva.engineer@example.com", "Eva", "Engineer"],
  ["", "eva-maria.berg_2@example.com", "Eva Maria", "Berg"],
  ["", "eva+lab@example.com", "Eva", ""],
  ["", "élodie.ñandú@example.com", "Élodie", "Ñandú"],
  ["", "1234@example.com", "1234", ""],
  ["eva@example.com", "eva.engineer@example.com", "Eva", "Engineer"],
  ["\u202eEva", "eva.engineer@example.com", "Eva", "Engineer"],
  ["   ", "eva@example.com", "Eva", ""],
])("%s <%s> is %s %s", (name, address, firstName, lastName) => {
  expect(namesFrom({ name, address })).toEqual({ firstName, lastName });
});

test("names are as long as names may be", () => {
  const { firstName, lastName } = namesFrom({
    name: `${"a".repeat(300)} ${"b".repeat(300)}`,
    address: "a@example.com",
  });
  expect([firstName.length, lastName.length]).toEqual([100, 100]);
});
