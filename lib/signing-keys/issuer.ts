import { publicUrl } from "@/lib/platform/env";

/** Who signs: the public address of this installation, without a slash at its end (RFC 8414, 2). */
export const issuer = () => publicUrl().origin;
