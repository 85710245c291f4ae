import { type ClassValue, clsx } from "clsx";

/**
 * Joins class names. Which of two that set the same property wins is up to the stylesheet, not to their order here: one that
 * takes the place of a component's own ends with "!", or has a variant, as "s:w-64".
 */
export const cn = (...values: ClassValue[]): string => clsx(values);
