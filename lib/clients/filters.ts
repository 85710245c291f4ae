import { z } from "zod";
import type { Cursors } from "@/lib/lists/pagination";
import { addressOf, cursors } from "@/lib/lists/read-search-params";

/** The address of one person's clients: a place in the list. */
const { read, toHref } = addressOf("/account/clients", z.object(cursors));

export const readClientFilters = read;

export const clientsHref = (path: string, place: Cursors) => toHref({}, place, path);
