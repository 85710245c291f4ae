import { expect, test } from "vitest";
import { passwords, settings } from "@/db/schema";
import { demoPassword as password } from "@/db/seed/cast";
import { hashPassword } from "@/lib/auth/password-queue";
import { beginSignIn } from "@/lib/sign-in/providers/flow";
import { signIn } from "@/lib/sign-in/sign-in";
import { SignInBrowser } from "@/lib/testing/browser";
import { company } from "@/lib/testing/company";
import { as, asNobody } from "@/lib/testing/database";
import { withFreshDatabase } from "@/lib/testing/fresh-database";
import { hostilePeer } from "@/lib/testing/hostile-peer";
import { makeProviders } from "@/lib/testing/identity-providers";
import { takeForOwn } from "@/lib/testing/process-database";
import { tell } from "@/lib/testing/thorough";

const hanging = 50;

const peer = hostilePeer();

test(
  "50 callbacks at a provider that hangs fail within ten seconds, and block no password meanwhile",
  () =>
    withFreshDatabase("hanging", async (db) => {
      takeForOwn(db);
      const { ada, eve } = await company(db);
      await makeProviders(await as(db, ada), db as never, peer);
      const hash = await hashPassword(password);
      await db.insert(passwords).values([ada, eve].map(({ id }) => ({ userId: id, hash })));
      await db.insert(settings).values({ key: "throttle.attempts", value: 1_000 });
      const begun = await Promise.all(
        Array.from({ length: hanging }, async () => {
          const browser = new SignInBrowser();
          const { url, cookies } = await beginSignIn(asNobody(db), { slug: "enabled", next: "/" });
          browser.keep({ cookies });
          return { browser, query: peer.authorize(url) };
        }),
      );
      peer.behave({ token: "slow" });
      const callbacks = begun.map(async ({ browser, query }) => {
        const began = performance.now();
        const landed = await browser.callback("enabled", query);
        return { word: landed.searchParams.get("error"), took: performance.now() - began };
      });
      await expect.poll(() => peer.asked.filter((path) => path === "/token").length, { timeout: 5_000 }).toBe(hanging);

      const times: number[] = [];
      for (const name of ["ada", "eve", "ada", "eve", "ada"]) {
        const began = performance.now();
        await expect(signIn(asNobody(db), { name, password })).resolves.toMatchObject({ stage: "open" });
        times.push(performance.now() - began);
      }
      expect(peer.open(), "the callbacks hang all that time").toBe(hanging);
      const answered = await Promise.all(callbacks);
      expect(new Set(answered.map(({ word }) => word))).toEqual(new Set(["unreachable"]));
      const longest = Math.max(...answered.map(({ took }) => took));
      expect(longest).toBeLessThan(10_000);
      expect(Math.max(...times)).toBeLessThan(2_500);
      tell("sign-ins while a provider hangs", {
        callbacks: hanging,
        "ms the longest": Math.round(longest),
        "ms the slowest password": Math.round(Math.max(...times)),
      });
    }),
  60_000,
);
