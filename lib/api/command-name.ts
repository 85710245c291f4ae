import type { Endpoint } from "@/lib/api/endpoint";

/** What a verb of the command line is called (P6), and whether it asks before it is done. */
export type CommandName = { noun: string; verb: string; confirms?: true };

const kebab = (text: string) => text.replace(/[._]+/g, "-");

/** "group.add_member" is `group add-member`, and what retrieves one thing is `get`. What cannot be taken back asks first. */
export function commandNameOf({ name, method }: Pick<Endpoint, "name" | "method">): CommandName {
  const [noun = "", ...rest] = name.split(".");
  const verb = kebab(rest.join("-"));
  const confirms = method === "DELETE" || /^(archive|purge)$/.test(verb);
  return { noun: kebab(noun), verb: verb === "read" ? "get" : verb, ...(confirms && { confirms }) };
}
