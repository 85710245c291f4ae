import { type Part, text } from "@/lib/audit/words";

/** Fields and values of events in words that people know. */

const labels: Record<string, string> = {
  email: "Email",
  username: "User Name",
  firstName: "First Name",
  lastName: "Last Name",
  primaryRole: "Primary Role",
  additionalRoles: "Additional Roles",
  accessEndsAt: "Access ends",
  disabledUntil: "Disabled until",
  disabledReason: "Reason",
  mustChangePassword: "Force password change at next sign-in",
  tokenStored: "Token stored",
  tokenExpiresAt: "Token expires",
  lockedUntil: "Locked until",
  lockedSince: "Locked since",
  sessions: "Sessions ended",
  clients: "Clients ended",
  links: "Links revoked",
  objects: "Given a new owner",
  reports: "Given a new manager",
  objectsBack: "Returned",
  reportsBack: "Direct reports returned",
  endsAt: "Ends",
  until: "Until",
  shortcuts: "Single-key shortcuts",
};

/** "Last Name" for `lastName`; a name that is written for people already stays as it is. */
export function fieldLabel(field: string): string {
  const known = Object.hasOwn(labels, field) ? labels[field] : undefined;
  if (known) return known;
  if (/[A-Z\s]/.test(field.charAt(0)) || field.includes(" ")) return field;
  const words = field.replace(/[_-]+/g, " ").replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  return words.replace(/\b\p{L}/gu, (letter) => letter.toUpperCase());
}

const instant = /\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})/g;

/** How many items of a list are named: a group that is deleted may have had thousands. */
const mostTold = 100;

export const isNone = (value: unknown) =>
  value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** A stored value in words; moments inside it, alone or after "until", are found. */
export function valueParts(value: unknown): Part[] {
  if (isNone(value)) return [text("none")];
  if (typeof value === "boolean") return [text(value ? "yes" : "no")];
  if (Array.isArray(value)) {
    const told = value.slice(0, mostTold);
    const parts = told.flatMap((item, index) => (index === 0 ? valueParts(item) : [text(", "), ...valueParts(item)]));
    const rest = value.length - told.length;
    return rest > 0 ? [...parts, text(` and ${rest} more`)] : parts;
  }
  return typeof value === "string"
    ? withMoments(value)
    : [text(typeof value === "object" ? JSON.stringify(value) : String(value))];
}

function withMoments(value: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of value.matchAll(instant)) {
    if (Number.isNaN(Date.parse(match[0]))) continue;
    if (match.index > from) parts.push(text(value.slice(from, match.index)));
    parts.push({ kind: "moment", at: match[0] });
    from = match.index + match[0].length;
  }
  if (from < value.length) parts.push(text(value.slice(from)));
  return parts;
}

/** For files: moments in UTC, everything else as it reads. */
export const plain = (parts: Part[]): string =>
  parts
    .map((part) =>
      part.kind === "moment" ? `${new Date(part.at).toISOString().slice(0, 16).replace("T", " ")} UTC` : part.text,
    )
    .join("");
