import { emailKeyOf } from "@/lib/normalization/email";
import { foldName } from "@/lib/normalization/fold";
import { searchText } from "@/lib/normalization/search";

/** The name as it is shown: first, then last, which may be empty. */
export const fullName = (person: { firstName: string; lastName: string }) =>
  `${person.firstName} ${person.lastName}`.trim();

type Named = { username: string; email: string; firstName: string; lastName: string };

/** The derived columns of a user; every write of a name goes through here. */
export const nameColumns = (person: Named) => ({
  usernameKey: foldName(person.username),
  emailKey: emailKeyOf(person.email),
  nameKey: fullName(person),
  search: searchText(person.firstName, person.lastName, person.username, person.email),
});
