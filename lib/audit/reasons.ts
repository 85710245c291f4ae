/** Refusals that speak to whoever proves who they are, and what the log says of that person instead. */
const spoken: [RegExp, string][] = [
  [/^Your account has been removed\. .*/, "the account has been removed"],
  [/^Your access has ended\. .*/, "the access has ended"],
  [/^Your account is disabled\. .*/, "the account is disabled"],
  [/^Your password is kept by (.*)\.$/, "the password is kept by $1"],
];

/** The reason of a refusal as the log has it. Events from before this was so are told by it as well. */
export function reasonInLog(message: string): string {
  const known = spoken.find(([words]) => words.test(message));
  return known ? message.replace(...known) : message;
}
