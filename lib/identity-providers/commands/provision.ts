import { eq, inArray } from "drizzle-orm";
import { newId } from "@/db/columns";
import type { MappedClaims } from "@/db/schema";
import { groups, identities, users } from "@/db/schema";
import { precondition } from "@/lib/errors";
import { identityProviderOperations } from "@/lib/identity-providers/operations";
import type { ProviderRow } from "@/lib/identity-providers/store";
import { command } from "@/lib/kernel/command";
import { internalInput } from "@/lib/kernel/internal-input";
import { lockRows } from "@/lib/kernel/lock";
import { revokeLinks } from "@/lib/links/issue";
import { noticeAddressChange } from "@/lib/mail/notice";
import { saveMemberships } from "@/lib/memberships/store";
import { emailKeyOf } from "@/lib/normalization/email";
import { fullName, nameColumns } from "@/lib/normalization/names";
import { userPages } from "@/lib/people/pages";
import { checkRoles } from "@/lib/people/placement";
import { claimNames, insertUser, saveUser, traceOf } from "@/lib/people/store";

export type Profile = { username: string; email: string; firstName: string; lastName: string };

type Provision = { provider: ProviderRow; subject: string; claims: MappedClaims; profile: Profile };

/**
 * Creates the user of a first sign-in together with their identity (I2), as the provider: whatever it gives passes R8 by what the
 * ceiling leaves of its owner (I3). A name that somebody has is `invalid`: nobody's account is taken over (I5).
 */
export const provisionUser = command(identityProviderOperations["identity.create"], {
  input: internalInput<Provision>(),
  target: async (_, { provider, profile }) => {
    const record = { userId: newId(), identityId: newId() };
    const facts = { name: fullName(profile), provider: provider.name };
    return { id: record.identityId, person: null, record, trace: null, facts };
  },
  grants: async ({ tx }, _, { provider }) => {
    if (!provider.defaultRoleId) throw precondition(`${provider.name} has no role for the users that it creates.`);
    const groupIds = provider.defaultGroupIds;
    const known = groupIds.length > 0 ? await tx.select().from(groups).where(inArray(groups.id, groupIds)) : [];
    return {
      roles: [{ roleId: provider.defaultRoleId, until: null }],
      memberships: known.map(({ id }) => ({ groupId: id, until: null })),
    };
  },
  check: async ({ tx }, _, { provider }) => checkRoles(tx, provider.defaultRoleId ?? "", []),
  change: async ({ ctx, tx, now }, { userId, identityId }, { provider, subject, claims, profile }) => {
    const user = await insertUser(tx, {
      id: userId,
      ...profile,
      ...nameColumns(profile),
      configuration: provider.slug,
      primaryRoleId: provider.defaultRoleId ?? "",
      status: "active",
      createdAt: now,
    });
    await claimNames(ctx, tx, userId, user);
    const groupIds = provider.defaultGroupIds;
    const known = groupIds.length > 0 ? await tx.select().from(groups).where(inArray(groups.id, groupIds)) : [];
    const memberships = known.map(({ id }) => ({ groupId: id, endsAt: null }));
    await saveMemberships(tx, userId, memberships);
    await tx.insert(identities).values({
      id: identityId,
      providerId: provider.id,
      issuer: provider.issuer,
      subject,
      userId,
      claims,
      createdAt: now,
    });
    return {
      value: { userId, identityId },
      after: { username: user.username, configuration: user.configuration, ...(await traceOf(tx, user)) },
      personId: userId,
    };
  },
});

type Sync = { userId: string; identityId: string; provider: { name: string }; profile: Partial<Profile> };

/** Brings the fields that a provider keeps up to date (I3), as the provider. Nothing happens where nothing differs. */
export const syncUser = command(identityProviderOperations["identity.update"], {
  input: internalInput<Sync>(),
  target: async ({ tx }, { userId, identityId, provider }) => {
    const [person] = await lockRows(tx, tx.select().from(users).where(eq(users.id, userId)), "update");
    if (!person) throw precondition("The user has been erased.");
    return {
      id: identityId,
      person: { id: person.id, name: fullName(person) },
      record: person,
      trace: await traceOf(tx, person),
      facts: { provider: provider.name },
    };
  },
  already: (person, { profile }) => (differs(person, profile) ? null : { value: { id: person.id } }),
  change: async ({ ctx, tx }, person, { profile }) => {
    const next = { ...profileOf(person), ...profile };
    const saved = await saveUser(tx, person, { ...next, ...nameColumns(next) }, { edited: true });
    if (saved.emailKey !== person.emailKey) {
      await claimNames(ctx, tx, saved.id, saved);
      if (saved.emailKey !== emailKeyOf(person.email)) {
        await revokeLinks(ctx, tx, person.id);
        await noticeAddressChange(ctx, tx, person, { from: person.email, to: saved.email });
      }
    }
    return { value: { id: person.id }, after: await traceOf(tx, saved) };
  },
  refresh: userPages,
});

const profileOf = ({ username, email, firstName, lastName }: Profile): Profile => ({
  username,
  email,
  firstName,
  lastName,
});

/** Whether a profile differs from what is kept. */
export const differs = (person: Profile, profile: Partial<Profile>): boolean =>
  (Object.keys(profile) as (keyof Profile)[]).some((field) => profile[field] !== person[field]);
