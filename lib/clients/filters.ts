import { z } from "zod";
import { addressOf, cursors } from "@/lib/address";
import type { Cursors } from "@/lib/list";

/** The address of one person's clients: a place in the list. */
const { read, toHref } = addressOf("/account/clients", z.object(cursors));

export const readClientFilters = read;

export const clientsHref = (path: string, place: Cursors) => toHref({}, place, path);
