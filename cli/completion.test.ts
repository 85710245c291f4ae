import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { signedIn } from "./signed-in-machine";

test("bash completes nouns, verbs, options and values of what the last call has read", () =>
  signedIn(async ({ gatehouse, run, server }) => {
    await gatehouse(["user", "list"]);
    const complete = async (line: string, more: Record<string, string> = {}) => {
      const words = line.split(" ");
      const script = [
        "source <(gatehouse completion bash)",
        `COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")}) COMP_CWORD=${words.length - 1}`,
        `_gatehouse; printf '%s\\n' "\${COMPREPLY[@]}"`,
      ];
      const { out, err, code } = await run("bash", ["-c", script.join("\n")], more);
      expect([line, code, err]).toEqual([line, 0, ""]);
      return out.trimEnd().split("\n");
    };
    expect(await complete("gatehouse us")).toEqual(["user"]);
    expect(await complete("gatehouse ")).toEqual(expect.arrayContaining(["audit", "login", "user"]));
    expect(await complete("gatehouse user di")).toEqual(["disable"]);
    expect(await complete("gatehouse user list --sta")).toEqual(["--status"]);
    expect(await complete("gatehouse user list --status a")).toEqual(["active"]);
    expect(await complete("gatehouse user list --status = lo")).toEqual(["locked"]);
    expect(await complete(`gatehouse --server ${server} user en`)).toEqual(["enable"]);
    expect(await complete("gatehouse group create --no-")).toEqual(["--no-owner-id", "--no-roles"]);
    expect(await complete("gatehouse completion z")).toEqual(["zsh"]);
    expect(await complete("gatehouse user get ")).toEqual([""]);
    expect(await complete("gatehouse us", { GATEHOUSE_SERVER: "http://127.0.0.1:9" })).toEqual([""]);
  }));

const zsh = ["/usr/bin/zsh", "/bin/zsh", "/usr/local/bin/zsh"].find(existsSync);

/** What an interactive zsh, without any settings, shows after Tab is pressed at the end of each of these lines. */
const tabs = (lines: string[]) => `
  zmodload zsh/zpty
  zpty shell "PS1= ${zsh} -f -i"
  tell() { zpty -w shell "$1" }
  tell 'autoload -Uz compinit; compinit -u -d $HOME/.zcompdump; source <(gatehouse completion zsh)'
  tell 'tab() { zle complete-word; print -r -- "$BUFFER|" >> $HOME/completed; zle kill-buffer }; zle -N tab; bindkey "^I" tab'
  ${lines.map((line) => `zpty -w -n shell '${line}'$'\t'`).join("\n  ")}
  tell 'exit'
  while zpty -r shell said; do :; done
  cat $HOME/completed`;

test(`zsh ${zsh ? "completes as bash does, at the press of Tab" : "is not installed here: what its script asks for is answered"}`, () =>
  signedIn(async ({ gatehouse, run }) => {
    await gatehouse(["user", "list"]);
    const lines = {
      "gatehouse us": "gatehouse user ",
      "gatehouse user di": "gatehouse user disable ",
      "gatehouse user list --sta": "gatehouse user list --status ",
      "gatehouse user list --status a": "gatehouse user list --status active ",
      "gatehouse group create --no-o": "gatehouse group create --no-owner-id ",
      "gatehouse completion z": "gatehouse completion zsh ",
      "gatehouse user get nothing": "gatehouse user get nothing",
    };
    if (zsh) {
      const { out, err } = await run(zsh, ["-f", "-c", tabs(Object.keys(lines))]);
      expect([out.split("|\n").slice(0, -1), err]).toEqual([Object.values(lines), ""]);
      return;
    }
    expect((await gatehouse(["completion", "zsh"])).out).toMatch(
      /__complete \$\(\(CURRENT - 1\)\) .*compadd.*compdef _gatehouse gatehouse/s,
    );
    for (const [line, completed] of Object.entries(lines)) {
      const words = line.split(" ");
      const { out } = await gatehouse(["__complete", String(words.length - 1), ...words]);
      expect([line, out.trimEnd()]).toEqual([line, completed === line ? "" : completed.trimEnd().split(" ").at(-1)]);
    }
  }));
