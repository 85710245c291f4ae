/** Where the list of resources stands. Apart from its filters: the browser needs no schema to know it. */
export const resourcesPath = "/admin/resources";
