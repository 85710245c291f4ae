import addressparser from "nodemailer/lib/addressparser";

/** One entry of a pasted list: as it is written again, and what was read of it. */
export type Pasted = { text: string; name: string; address: string };

/**
 * Reads what somebody pastes: mailboxes of RFC 5322, divided by commas, semicolons, spaces or lines, or rows of a spreadsheet, each
 * with one address and a name in one or two cells. Where no address is found, all that
 * is there counts as one.
 */
export function readPasted(text: string): Pasted[] {
  return text
    .split(/[\r\n\u2028\u2029]+/)
    .flatMap((line) => rowOf(line) ?? mailboxesIn(line))
    .filter(({ address }) => address !== "")
    .map((found) => ({ ...found, text: written(found) }));
}

/** What a spreadsheet copies: cells divided by tabs. Null for any other line. */
function rowOf(line: string): Omit<Pasted, "text"> | null {
  const cells = line.split("\t").map((cell) => cell.trim());
  const [address, ...more] = cells.filter((cell) => /^[^\s@<>]+@[^\s@<>]+$/.test(cell));
  const others = cells.filter((cell) => cell !== "" && cell !== address);
  if (!address || more.length > 0 || others.length === 0 || others.some((cell) => /[@<>]/.test(cell))) return null;
  return cells.length === 1 ? null : { name: others.slice(0, 2).join(" "), address };
}

const mailboxesIn = (line: string) =>
  addressparser(divided(isClosed(line) ? line : line.replaceAll('"', "")), { flatten: true }).flatMap(
    ({ name, address }) => (address ? mailboxes(name.trim(), address.trim()) : mailboxes("", name.trim())),
  );

/** Whether its quotes come in pairs; else one of them would take the addresses up to the end of the line. */
const isClosed = (line: string) => (line.match(/\\.|"/g) ?? []).filter((found) => found === '"').length % 2 === 0;

/** An address in front of another one is no name of it. */
const mailboxes = (name: string, address: string): Omit<Pasted, "text">[] =>
  /^[^\s"]+@[^\s"]+$/.test(name)
    ? [
        { name: "", address: name },
        { name: "", address },
      ]
    : [{ name, address }];

/** A quoted name, a comment, an address in angle brackets, or a word; then what follows it, where that belongs to it. */
const part = /(?:"(?:[^"\\]|\\.?)*(?:"|$)|\([^()]*\)|<[^<>]*>|[^\s",;<>()]+)(?=\s*([<(])?)/g;

/** The parser divides at commas and semicolons alone, so an address that ends at a space gets a comma. */
function divided(line: string): string {
  let commented = false;
  return line.replace(part, (found: string, next: string | undefined) => {
    if (found.startsWith('"')) return found;
    if (found.startsWith("(")) {
      const ends = commented;
      commented = false;
      return ends ? `${found}, ` : found;
    }
    const bracketed = found.startsWith("<");
    if (!bracketed && (!found.includes("@") || next === "<")) return found;
    commented = next === "(";
    return commented ? found : `${found}, `;
  });
}

const written = ({ name, address }: Omit<Pasted, "text">) =>
  name === "" ? address : `${/^[\p{L}\p{M}\p{N} '-]+$/u.test(name) ? name : JSON.stringify(name)} <${address}>`;
