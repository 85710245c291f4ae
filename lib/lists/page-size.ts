/** Rows of a page. A page of a program may be longer (P2). Apart from the pages themselves, since schemas that the browser reads ask for it too. */
export const pageSize = 50;
export const longestPage = 200;
