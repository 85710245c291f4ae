import { createElement, type ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { NoticedAlarms } from "@/components/clients/client-alarms";
import { ClientVersion } from "@/components/clients/client-version";

const textOf = (drawn: ReactElement) => renderToStaticMarkup(drawn).replaceAll(/<[^>]*>/g, "");

test("a row says that a client is outdated", () => {
  const told = (version: string | null, outdated: boolean) =>
    textOf(createElement(ClientVersion, { client: { version, outdated } }));
  expect(told("2.8.0", true)).toBe("2.8.0 outdated");
  expect(told("2.9.0", false)).toBe("2.9.0");
  expect(told(null, false)).toBe("not known yet");
});

test("C11: a row says what was noticed, and what helps where there is a button for it", () => {
  const told = (tokenReusedAt: Date | null, copiedAt: Date | null, renewal: string | null) =>
    textOf(createElement(NoticedAlarms, { client: { tokenReusedAt, copiedAt }, renewal }));
  const now = new Date();
  expect(told(null, null, "Reprovision")).toBe("");
  expect(told(now, now, null)).toBe("token used twiceruns in two places");
  expect(told(now, null, "Reprovision")).toBe(
    "token used twice: somebody else may have it. Reprovision gives a new one.",
  );
});
