"use client";
import { Tabs } from "radix-ui";
import { useId, useState } from "react";
import { tokenFile } from "@/components/tokens/token-file";
import { CopyButton } from "@/components/ui/copy-button";

const tab =
  "relative h-[34px] rounded-sm px-2.5 font-medium text-muted -outline-offset-2 hover:text-ink data-[state=active]:text-ink data-[state=active]:after:absolute data-[state=active]:after:inset-x-0 data-[state=active]:after:bottom-0 data-[state=active]:after:h-0.5 data-[state=active]:after:bg-accent-mark coarse:h-11";

type System = "posix" | "windows";

const systems: [System, string][] = [
  ["posix", "Linux and macOS"],
  ["windows", "Windows PowerShell"],
];

const file = "gatehouse-client.mjs";

/**
 * The ready command: fetches the reference client, compares it with what this server hands out, then registers and runs it. It reads
 * the token from its file, so that no shell keeps it in its history.
 */
function commandsOf(name: string, server: string, hash: string): Record<System, string> {
  const fetched = `-fsSo ${file} ${server}/${file}`;
  const register = [`node ${file} register`, `--server ${server}`, `--token-file ${tokenFile(name)}`];
  const posix = [
    `curl ${fetched} &&`,
    `echo "${hash}  ${file}" | { sha256sum -c - || shasum -a 256 -c -; } &&`,
    `${register.join(" \\\n  ")} &&`,
    `node ${file} run`,
  ];
  const windows = [
    `curl.exe ${fetched}`,
    `if ((Get-FileHash ${file}).Hash -eq "${hash}") {`,
    `  ${register.join(" ")}`,
    `  if ($?) { node ${file} run }`,
    `} else { "${file} does not match the file on ${server}." }`,
  ];
  return { posix: posix.join("\n"), windows: windows.join("\n") };
}

export function StartCommand({ name, server, hash }: { name: string; server: string; hash: string }) {
  const id = useId();
  const commands = commandsOf(name, server, hash);
  const [system, setSystem] = useState<System>("posix");
  return (
    <div className="grid min-w-0 gap-1.5">
      <span id={id} className="text-ui/[18px] font-medium">
        Start the client on {name}
      </span>
      <p className="text-xs text-muted">
        Choose “Download” above first, and run the command in the folder with the file{" "}
        <code className="font-mono wrap-anywhere text-ink-2">{tokenFile(name)}</code>. It fetches the client itself.
      </p>
      <Tabs.Root
        value={system}
        onValueChange={(value) => setSystem(value as System)}
        className="min-w-0 overflow-hidden rounded-md border border-line bg-sunken"
      >
        <div className="flex items-center border-b border-line px-1 text-xs">
          <Tabs.List aria-labelledby={id} className="flex">
            {systems.map(([value, label]) => (
              <Tabs.Trigger key={value} value={value} className={tab}>
                {label}
              </Tabs.Trigger>
            ))}
          </Tabs.List>
          <CopyButton
            value={commands[system]}
            label="Copy"
            variant="quiet"
            size="s"
            aria-label="Copy the command"
            className="ml-auto"
          />
        </div>
        {systems.map(([value]) => (
          <Tabs.Content key={value} value={value} tabIndex={-1}>
            <pre className="px-[13px] py-[11px] font-mono text-[12.5px]/5 wrap-anywhere whitespace-pre-wrap max-s:text-[11px]/[18px]">
              {commands[value]}
            </pre>
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </div>
  );
}
