import type { LinkPurpose } from "@/db/enums";
import { publicUrl } from "@/lib/platform/env";
import { linkPages } from "@/lib/platform/secret-paths";

/** The address to follow: on the configured public address, whatever Host the request came with. */
export const linkAddress = (purpose: LinkPurpose, token: string) =>
  new URL(`${linkPages[purpose]}/${token}`, publicUrl()).href;
