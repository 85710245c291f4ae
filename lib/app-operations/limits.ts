/** Characters of a list of operations that is imported at once; stands apart from the schema, so that the form does not load that. */
export const mostText = 200_000;
