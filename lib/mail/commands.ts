import { eq } from "drizzle-orm";
import { mails, settings, users } from "@/db/schema";
import type { Trace } from "@/lib/audit/record";
import { notNow, yes } from "@/lib/authz/decision";
import { invalidField, notFound, precondition } from "@/lib/errors";
import { noInputSchema } from "@/lib/http/no-input";
import { addJob } from "@/lib/jobs/add-job";
import { command } from "@/lib/kernel/command";
import { lockRows } from "@/lib/kernel/lock";
import type { Work } from "@/lib/kernel/steps";
import { enqueueMail, mailAttempts, mailJobKey } from "@/lib/mail/enqueue";
import { mailOperations } from "@/lib/mail/operations";
import { fixedByEnvironment, mayRetry } from "@/lib/mail/policy";
import { mailIdSchema, type SaveTransport, type StoredTransport, saveTransportSchema } from "@/lib/mail/schema";
import { hasExpired, readContent } from "@/lib/mail/send";
import { environmentTransport, mailWorks, storedTransport, transportKey, transportPurpose } from "@/lib/mail/transport";
import { fullName } from "@/lib/normalization/names";
import { encrypt } from "@/lib/platform/encryption";

const pages = () => ["/admin/settings/mail"];
const unlessFixed = () => (environmentTransport() ? notNow(fixedByEnvironment) : yes);

/** Sets how mail is sent: the person who does sees every link (R15). A password that is kept goes where it went before, and nowhere else. */
export const saveTransport = command(mailOperations["mail.configure"], {
  input: saveTransportSchema,
  target: transportTarget,
  allowed: unlessFixed,
  change: async ({ ctx, tx, now }, stored, input) => {
    const { password: typed, ...rest } = input;
    const value: StoredTransport = { ...rest, password: passwordFor(input, typed, stored) };
    const who = { updatedAt: now, updatedBy: ctx.actor.access.personId };
    await tx
      .insert(settings)
      .values({ key: transportKey, value, ...who })
      .onConflictDoUpdate({ target: settings.key, set: { value, ...who } });
    return { value: { host: value.host }, after: traceOf(value) };
  },
  refresh: pages,
});

/** Forgets how mail is sent: from now on links are shown, to be handed over. */
export const removeTransport = command(mailOperations["mail.configure"], {
  key: "mail.remove_transport",
  input: noInputSchema,
  target: transportTarget,
  allowed: unlessFixed,
  change: async ({ tx }) => {
    await tx.delete(settings).where(eq(settings.key, transportKey));
    return { value: {}, after: traceOf(null) };
  },
  refresh: pages,
});

/** Sends a test to the actor, through the same outbox as every mail. */
export const sendTest = command(mailOperations["mail.test"], {
  input: noInputSchema,
  target: async ({ ctx, tx }) => {
    const me = ctx.actor.access.personId;
    const [person] = me ? await tx.select().from(users).where(eq(users.id, me)) : [];
    if (!person) throw notFound("Your account");
    return { id: null, person: { id: person.id, name: fullName(person) }, record: person, trace: null };
  },
  check: async ({ tx }) => {
    if (!(await mailWorks(tx))) throw precondition("Mail is not set up. Save a mail server first.");
  },
  change: async ({ ctx, tx }, person) => {
    const to = { name: fullName(person), address: person.email };
    const { id } = await enqueueMail(ctx, tx, { template: "test", userId: person.id, to, values: {} });
    return { value: { id, address: person.email }, after: null, id };
  },
  refresh: pages,
});

/** Sends a mail that waits or has failed, now, and as often as a new one. */
export const retryMail = command(mailOperations["mail.retry"], {
  input: mailIdSchema,
  target: async ({ tx }, { id }) => {
    const [mail] = await lockRows(tx, tx.select().from(mails).where(eq(mails.id, id)), "update");
    if (!mail) throw notFound("The mail");
    const person = mail.userId ? { id: mail.userId, name: mail.toName } : null;
    return { id: mail.id, person, record: mail, trace: { status: mail.status }, facts: { mail: mail.subject } };
  },
  already: ({ id, status, lastError }) => (status === "waiting" && lastError === null ? { value: { id } } : null),
  allowed: ({ status, lastError, content }) => mayRetry({ status, lastError, kept: content !== null }),
  check: ({ now }, { content }) => {
    if (content && hasExpired(readContent(content).values, now))
      throw precondition("The link in it has expired. Send a new link instead.");
  },
  change: async ({ tx }, { id }) => {
    await tx.update(mails).set({ status: "waiting", lastError: null }).where(eq(mails.id, id));
    await addJob(tx, "mail.send", { mailId: id }, { key: mailJobKey(id), maxAttempts: mailAttempts });
    return { value: { id }, after: { status: "waiting" } };
  },
  refresh: pages,
});

async function transportTarget({ tx }: Work) {
  const stored = await storedTransport(tx);
  return { id: null, person: null, record: stored, trace: traceOf(stored), facts: { setting: "Mail server" } };
}

/** What the event keeps: everything but the password, of which it says whether there is one. */
const traceOf = (stored: StoredTransport | null): Trace => ({
  host: stored?.host ?? null,
  port: stored?.port ?? null,
  security: stored?.security ?? null,
  userName: stored?.user || null,
  from: stored?.from ?? null,
  password: stored?.password ? "set" : null,
});

/** A stored password must be typed again when anything changes that decides who gets to read it. */
function passwordFor(input: SaveTransport, typed: string, stored: StoredTransport | null): string {
  if (!input.user) return "";
  if (typed) return encrypt(transportPurpose, typed);
  if (!stored?.password) throw invalidField("password", "Enter the password of this user.");
  const same = (["host", "port", "security", "user"] as const).every((field) => input[field] === stored[field]);
  if (!same)
    throw invalidField("password", "Enter the password again: it would now be sent to another server or user.");
  return stored.password;
}
