/** Where the list of groups stands. Apart from its filters: the browser needs no schema to know it. */
export const groupsPath = "/admin/groups";
