import addressparser from "nodemailer/lib/addressparser";
import { describe, expect, test } from "vitest";
import { type Random, randomFrom } from "@/db/seed/random";
import { rounds, seedOfRun } from "@/lib/testing/thorough";
import { readPasted } from "@/lib/users/invitees/pasted-addresses";

const read = (text: string) => readPasted(text).map(({ name, address }) => (name ? `${name} | ${address}` : address));

describe("what somebody pastes", () => {
  test.each<[string, string[]]>([
    ["eva@example.com", ["eva@example.com"]],
    ["eva@example.com, lee@example.com;sam@example.com", ["eva@example.com", "lee@example.com", "sam@example.com"]],
    ["eva@example.com lee@example.com\tsam@example.com", ["eva@example.com", "lee@example.com", "sam@example.com"]],
    ["eva@example.com\r\n\n  lee@example.com,\n", ["eva@example.com", "lee@example.com"]],
    ["Eva Engineer <eva@example.com>", ["Eva Engineer | eva@example.com"]],
    ['"Engineer, Eva" <eva@example.com>', ["Engineer, Eva | eva@example.com"]],
    ["Engineer, Eva <eva@example.com>", ["Engineer, Eva | eva@example.com"]],
    ['"Eva \\"Ace\\" Engineer" <eva@example.com>', ['Eva "Ace" Engineer | eva@example.com']],
    ["Eva <eva@example.com> Lee <lee@example.com>", ["Eva | eva@example.com", "Lee | lee@example.com"]],
    ["eva@example.com Lee <lee@example.com>", ["eva@example.com", "Lee | lee@example.com"]],
    ["Eva Engineer eva@example.com", ["Eva Engineer | eva@example.com"]],
    ["eva@example.com (Eva Engineer) lee@example.com", ["Eva Engineer | eva@example.com", "lee@example.com"]],
    ["eva@example.com <eva@example.com>", ["eva@example.com"]],
    ["eva@example.com <lee@example.com>", ["eva@example.com", "lee@example.com"]],
    ["<eva@example.com>", ["eva@example.com"]],
    ["Team: eva@example.com, lee@example.com;", ["eva@example.com", "lee@example.com"]],
    ["eva@example.com\tEva\tEngineer", ["Eva Engineer | eva@example.com"]],
    ["Eva\tEngineer\teva@example.com\tQuality", ["Eva Engineer | eva@example.com"]],
    [
      "\tEva Engineer\teva@example.com\nLee\tlee@example.com\t",
      ["Eva Engineer | eva@example.com", "Lee | lee@example.com"],
    ],
    ["rubbish", ["rubbish"]],
    ["rubbish\nEva <eva@example.com>", ["rubbish", "Eva | eva@example.com"]],
    ["eva@@example.com", ["eva@@example.com"]],
    [" ,;\n , ", []],
    ["", []],
  ])("%s", (text, found) => expect(read(text)).toEqual(found));

  test("an unclosed quote is none, and an unclosed bracket takes nothing but its own line, and no time", () => {
    expect(read('"Eva <eva@example.com>\nlee@example.com')).toContain("lee@example.com");
    expect(read('"Eva <eva@example.com>, lee@example.com')).toEqual(["Eva | eva@example.com", "lee@example.com"]);
    expect(read("Eva <eva@example.com\nlee@example.com")).toContain("lee@example.com");
    const before = process.cpuUsage();
    for (const text of ['"\\', "<", "(", "a@", "a", '"'])
      for (const divided of ["", " "]) readPasted(text.concat(divided).repeat(50_000).slice(0, 100_000));
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  });
});

const names = [
  "",
  "Eva",
  "Eva Engineer",
  "Engineer, Eva",
  "O'Brien",
  "Jörg Müller-Lüdenscheidt",
  'Eva "Ace" E.',
  "李 雷",
  "A; B",
];

const drawMailbox = (random: Random) => {
  const name = random.pick(names);
  const address = `${random.pick(["eva", "l.lee", "o'brien", "sam+lab"])}${random.between(0, 99)}@${random.pick(["example.com", "bücher.example"])}`;
  return { name, address };
};

test(`mailboxes are read as they were written, however they are divided: seed ${seedOfRun()}`, () => {
  const random = randomFrom(seedOfRun());
  for (let round = 0; round < rounds(500, 20_000); round++) {
    const wanted = Array.from({ length: random.between(1, 12) }, () => drawMailbox(random));
    const written = wanted.map(({ name, address }) =>
      name === "" ? random.pick([address, `<${address}>`]) : `${JSON.stringify(name)} <${address}>`,
    );
    const text = written
      .map((one) => one + random.pick([",", ", ", ";", "; ", " ", "\n", "\r\n", " ,\n", "\t"]))
      .join("");
    const found = readPasted(text);
    expect(
      found.map(({ name, address }) => ({ name, address })),
      text,
    ).toEqual(wanted);
    // What is left in the text of the form is read again as the same.
    const again = readPasted(found.map((one) => one.text).join("\n"));
    expect(again, text).toEqual(found);
    const plain = written.join(", ");
    expect(readPasted(plain).map(({ name, address }) => ({ name, address }))).toEqual(
      addressparser(plain, { flatten: true }).map(({ name, address }) => ({ name, address })),
    );
  }
});
