import type { IncomingMessage } from "node:http";

/** Whether whoever asks reads gzip. */
export const acceptsGzip = ({ headers }: IncomingMessage): boolean =>
  String(headers["accept-encoding"] ?? "")
    .split(",")
    .some((one) => /^\s*gzip\s*(;(?!\s*q=0(\.0*)?\s*$)|$)/i.test(one));
