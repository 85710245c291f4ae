import { serverAsk } from "./ask-server";
import {
  changeProfiles,
  chooseRemote,
  notSignedIn,
  profilesFile,
  type Remote,
  readProfiles,
  readServer,
  usualProfile,
} from "./profiles";
import type { General } from "./read-arguments";
import { jsonOf, jsonTextOf, tellProblem } from "./show-answer";
import { harmless } from "./show-values";
import { exitCodes, usageError } from "./stop";
import type { Terminal } from "./terminal";

/** `user` is null where a service account acts. */
type Me = {
  user: { username: string; name: string } | null;
  serviceAccount: { name: string } | null;
  token: { name: string; expiresAt: string | null };
};
export type BuiltIn = { usage: string; summary: string; explained: string[] };

/** Verbs of the command line itself, which need neither a description of the server nor a database. */
export const builtIns: Record<string, BuiltIn> = {
  login: {
    usage: "login --server <address> [--profile <name>]",
    summary: "Sign in to a server with an access token",
    explained: [
      "The token is read from GATEHOUSE_TOKEN, otherwise from standard input, where a terminal does not show",
      "it. It is never an argument, because other users of the machine could read that. It is checked, then",
      'stored in a file that only you can read. The profile\'s name is "default" unless you give one.',
    ],
  },
  logout: {
    usage: "logout [--profile <name>]",
    summary: "Delete the stored token of a profile; the token still works until it is revoked",
    explained: ["The token itself still works: gatehouse token revoke <id> ends it."],
  },
  whoami: {
    usage: "whoami [--server <address>] [--profile <name>] [--json]",
    summary: "Show who you are signed in as, where, and with which token",
    explained: ["What the token can do: gatehouse me get."],
  },
  completion: {
    usage: "completion bash|zsh",
    summary: "Print a script that makes a shell complete nouns, verbs, options and values",
    explained: [
      "For bash, in ~/.bashrc: source <(gatehouse completion bash)",
      "For zsh, in ~/.zshrc after compinit: source <(gatehouse completion zsh)",
    ],
  },
};

export async function login({ server, profile = usualProfile, json }: General, terminal: Terminal): Promise<number> {
  const { env, asks, askHidden, readInput, tell, print } = terminal;
  const named = server ?? (env.GATEHOUSE_SERVER || readProfiles(env)[profile]?.server);
  if (!named) throw usageError("--server is missing.", "gatehouse login");
  const address = readServer(named);
  const token = env.GATEHOUSE_TOKEN || (await (asks ? askHidden(`Access token for ${address}: `) : readInput())).trim();
  if (!token) throw usageError("There is no token on standard input.", "gatehouse login");
  // Refused before the token is sent, where it could not be kept.
  readProfiles(env);
  const answer = await askWho({ server: address, token }, tell);
  if (answer.status >= 400) return tellProblem(answer, json, terminal);
  const file = await changeProfiles(env, (profiles) => ({ ...profiles, [profile]: { server: address, token } }));
  tell(`Signed in. The token is stored in ${file}, as the profile "${profile}".`);
  if (json) print(jsonTextOf(answer));
  else for (const line of whoLines(address, jsonOf(answer) as Me)) print(line);
  return exitCodes.done;
}

export async function logout({ profile = usualProfile }: General, { env, tell }: Terminal): Promise<number> {
  const forgotten = readProfiles(env)[profile];
  if (!forgotten) {
    tell(`There is no profile "${profile}" in ${profilesFile(env)}.`);
    return exitCodes.notFound;
  }
  await changeProfiles(env, ({ [profile]: _, ...others }) => others);
  tell(`The token for ${forgotten.server} is deleted here. It still works until it is revoked or expires.`);
  return exitCodes.done;
}

/** `owner`: who acts where there is no server; null: this program knows servers alone. */
export async function whoami(general: General, terminal: Terminal, owner: string | null): Promise<number> {
  const { json } = general;
  const remote = chooseRemote(general, terminal.env, owner === null);
  if (!remote && owner !== null) {
    terminal.print(json ? JSON.stringify({ owner }) : owner);
    return exitCodes.done;
  }
  if (!remote) throw usageError("No server given.", "gatehouse login");
  const answer = await askWho(remote, terminal.tell);
  if (answer.status >= 400) return tellProblem(answer, json, terminal);
  if (json) terminal.print(jsonTextOf(answer));
  else for (const line of whoLines(remote.server, jsonOf(answer) as Me)) terminal.print(line);
  return exitCodes.done;
}

function askWho({ server, token }: Remote, tell: Terminal["tell"]) {
  if (token === null) throw notSignedIn(server);
  return serverAsk(server, token, tell)({ method: "GET", path: "/me", query: [], headers: {}, body: null });
}

const whoLines = (server: string, { user, serviceAccount, token }: Me) => [
  harmless(`${user ? `${user.name} (${user.username})` : `Service account ${serviceAccount?.name}`} at ${server}`),
  harmless(`With the token "${token.name}", ${token.expiresAt ? `until ${token.expiresAt}` : "without an end"}.`),
];
